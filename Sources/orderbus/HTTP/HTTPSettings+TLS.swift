internal import OrderHTTP

/// | setting | default | |
/// |---|---|---|
/// | `HTTP_TLS_CERT_FILE`, `HTTP_TLS_KEY_FILE` | none | the server's certificate chain and key in PEM; both or neither |
/// | `HTTP_TLS_CLIENT_CA_FILE` | none | the authorities that sign clients' certificates |
/// | `HTTP_TLS_CLIENTS` | `optional` | or `required`; whether a client must have a certificate |
/// | `HTTP_TLS_CLIENT_NAMES` | none | `dns:` or `uri:` name, `=`, client id; comma-separated; then only these may call |
extension HTTPSettings {
    static func tls(reading reader: inout SettingsReader) -> TLSSettings? {
        let certificate = reader.value(.httpCertificateFile)
        let key = reader.value(.httpKeyFile)
        let authority = reader.value(.httpClientAuthorityFile)
        let clients = reader.choice(.httpClientCertificates, of: TLSSettings.ClientCertificates.self)
        if certificate == nil, key != nil {
            reader.refuse(.httpCertificateFile, "is not set, but HTTP_TLS_KEY_FILE is")
        }
        if certificate != nil, key == nil {
            reader.refuse(.httpKeyFile, "is not set, but HTTP_TLS_CERT_FILE is")
        }
        if certificate == nil, authority != nil {
            reader.refuse(.httpCertificateFile, "is not set, but HTTP_TLS_CLIENT_CA_FILE is")
        }
        if authority == nil, clients != nil {
            reader.refuse(.httpClientAuthorityFile, "is not set, but HTTP_TLS_CLIENTS is")
        }
        guard let certificate, let key else { return nil }
        var settings = TLSSettings(certificateFile: certificate, keyFile: key)
        settings.clientAuthorityFile = authority
        settings.clientCertificates = clients ?? .optional
        return settings
    }
}
