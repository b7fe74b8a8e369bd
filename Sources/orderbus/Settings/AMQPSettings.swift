/// How to reach the broker.
///
/// | setting | default | |
/// |---|---|---|
/// | `AMQP_URL` | required | `amqp://` or `amqps://`; several, separated by commas, for a cluster |
/// | `AMQP_CA_FILE` | the system's | certificates that may have signed the broker's |
/// | `AMQP_CERT_FILE`, `AMQP_KEY_FILE` | none | the client's own certificate and key; both or neither |
package struct AMQPSettings: Sendable, Equatable {
    /// At least one, tried in turn; with passwords, so never to be shown.
    package let urls: [String]
    package let caFile: String?
    package let certificateFile: String?
    package let keyFile: String?

    package init(reading reader: inout SettingsReader) {
        self.init(reading: &reader, preferring: nil)
    }

    /// - Parameter own: a URL for this program alone, which counts before `AMQP_URL`.
    package init(reading reader: inout SettingsReader, preferring own: Setting?) {
        let ownText = own.flatMap { reader.value($0) }
        let text = ownText ?? reader.required(.amqpURL)
        urls = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0) }
        let schemes = ["amqp://", "amqps://"]
        if !text.isEmpty, !urls.allSatisfy({ url in schemes.contains { url.hasPrefix($0) } }) {
            let setting = ownText == nil ? Setting.amqpURL : own ?? .amqpURL
            reader.refuse(setting, "has a part between commas that does not begin with amqp:// or amqps://")
        }
        caFile = reader.value(.amqpCAFile)
        certificateFile = reader.value(.amqpCertificateFile)
        keyFile = reader.value(.amqpKeyFile)
        if certificateFile == nil, keyFile != nil {
            reader.refuse(.amqpCertificateFile, "is not set, but AMQP_KEY_FILE is")
        }
        if certificateFile != nil, keyFile == nil {
            reader.refuse(.amqpKeyFile, "is not set, but AMQP_CERT_FILE is")
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0.isWhitespace }
        while text.last?.isWhitespace == true {
            text.removeLast()
        }
        return String(text)
    }
}
