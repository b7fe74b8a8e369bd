internal import AMQP

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
    /// Where they were read from.
    package let setting: Setting
    package let caFile: String?
    package let certificateFile: String?
    package let keyFile: String?

    package init(reading reader: inout SettingsReader) {
        self.init(reading: &reader, preferring: nil)
    }

    /// - Parameter own: a URL for this program alone, which counts before `AMQP_URL`.
    package init(reading reader: inout SettingsReader, preferring own: Setting?) {
        let known = reader.problems.count
        let ownText = own.flatMap { reader.value($0) }
        let text = ownText ?? (reader.problems.count == known ? reader.required(.amqpURL) : "")
        setting = ownText == nil ? .amqpURL : own ?? .amqpURL
        urls = text.split(separator: ",", omittingEmptySubsequences: false).map { Self.trimmed($0) }
        if !text.isEmpty, let problem = urls.lazy.compactMap(Self.problem).first { reader.refuse(setting, problem) }
        caFile = reader.value(.amqpCAFile)
        certificateFile = reader.value(.amqpCertificateFile)
        keyFile = reader.value(.amqpKeyFile)
        reader.check(.amqpCAFile, caFile, holds: .certificate)
        if certificateFile == nil, keyFile != nil {
            reader.refuse(.amqpCertificateFile, "is not set, but AMQP_KEY_FILE is")
        } else if certificateFile != nil, keyFile == nil {
            reader.refuse(.amqpKeyFile, "is not set, but AMQP_CERT_FILE is")
        } else {
            reader.check(.amqpCertificateFile, certificateFile, holds: .certificate)
            reader.check(.amqpKeyFile, keyFile, holds: .privateKey)
        }
    }

    /// What follows the setting's name in a sentence; nil where the URL can be used.
    private static func problem(of url: String) -> String? {
        guard ["amqp://", "amqps://"].contains(where: { url.hasPrefix($0) }) else {
            return "has a part between commas that does not begin with amqp:// or amqps://"
        }
        // Up to the last @ all is the password, but an @ behind a slash is none of its ends.
        let authority = url.dropFirst(url.hasPrefix("amqps") ? 8 : 7).prefix { $0 != "/" && $0 != "?" }
        if !authority.contains("@"), URLCredentials.seemUnescaped(in: url) { return URLCredentials.advice }
        do {
            _ = try Endpoint(parsing: url)
            return nil
        } catch {
            return "cannot be used: \(error.message)"
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
