internal import OrderHTTP

/// | setting, behind `HTTP_` or `CONSOLE_` | default | |
/// |---|---|---|
/// | `TLS_CERT_FILE`, `TLS_KEY_FILE` | none | the server's certificate chain and key in PEM; both or neither |
/// | `TLS_CLIENT_CA_FILE` | none | the authorities that sign clients' certificates |
/// | `TLS_CLIENTS` | `optional` | or `required`; whether a client must have a certificate |
extension TLSSettings {
    /// Reads the settings of one program; `nil` without a certificate.
    ///
    /// - Parameter program: what the settings' names begin with.
    static func read(_ program: String, _ reader: inout SettingsReader) -> TLSSettings? {
        let certificateFile = Setting("\(program)_TLS_CERT_FILE", example: "/etc/orderbus/server.pem")
        let keyFile = Setting("\(program)_TLS_KEY_FILE", example: "/etc/orderbus/server.key")
        let authorityFile = clientAuthorityFile(program)
        let clientCertificates = Setting("\(program)_TLS_CLIENTS", example: "required")
        let certificate = reader.value(certificateFile)
        let key = reader.value(keyFile)
        let authority = reader.value(authorityFile)
        let clients = reader.choice(clientCertificates, of: ClientCertificates.self)
        if certificate == nil, key != nil { reader.refuse(certificateFile, "is not set, but \(keyFile.name) is") }
        if certificate != nil, key == nil { reader.refuse(keyFile, "is not set, but \(certificateFile.name) is") }
        if certificate == nil, authority != nil {
            reader.refuse(certificateFile, "is not set, but \(authorityFile.name) is")
        }
        if authority == nil, clients != nil {
            reader.refuse(authorityFile, "is not set, but \(clientCertificates.name) is")
        }
        guard let certificate, let key else { return nil }
        var settings = TLSSettings(certificateFile: certificate, keyFile: key)
        settings.clientAuthorityFile = authority
        settings.clientCertificates = clients ?? .optional
        let hasAuthority = reader.check(authorityFile, authority, holds: .certificate)
        let hasCertificate = reader.check(certificateFile, certificate, holds: .certificate)
        if reader.check(keyFile, key, holds: .privateKey), hasCertificate, hasAuthority {
            do {
                _ = try ServerCertificates(settings)
            } catch {
                reader.refuse(certificateFile, "and \(keyFile.name) cannot be used: \(TerminalText.safe(error.reason))")
            }
        }
        return settings
    }

    static func clientAuthorityFile(_ program: String) -> Setting {
        Setting("\(program)_TLS_CLIENT_CA_FILE", example: "/etc/orderbus/clients.pem")
    }
}
