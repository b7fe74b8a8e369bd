/// The PEM files for `amqps` endpoints.
package struct TLSFiles: Sendable, Hashable {
    /// Whom to trust.
    ///
    /// Defaults to the system's bundle.
    package var authorities: String
    /// The client's certificate chain and key; both or neither.
    package var certificate: String?
    package var key: String?

    package init(
        authorities: String = "/etc/ssl/certs/ca-certificates.crt",
        certificate: String? = nil,
        key: String? = nil
    ) {
        self.authorities = authorities
        self.certificate = certificate
        self.key = key
    }
}
