internal import Orders

/// Which client may come with which certificate.
package struct CertificateRule: Sendable, Hashable {
    /// Client ids by the name that their certificate bears; empty if certificates say nothing about clients.
    package let clients: [CertificateName: Set<String>]

    package init(clients: [CertificateName: Set<String>] = [:]) {
        self.clients = clients
    }

    /// Checks that the certificate is this client's, and the one that the token is bound to, if it is.
    func check(_ certificate: ClientCertificate?, _ caller: Caller, _ binding: TokenBinding) throws(Problem) {
        switch binding {
        case .none:
            break
        case .certificate(let thumbprint):
            guard let certificate, certificate.has(thumbprint: thumbprint) else {
                throw .tokenRefused(
                    Refusal(.invalidToken, "The token is bound to a certificate that was not used for this connection")
                )
            }
        case .other:
            throw .tokenRefused(
                Refusal(.invalidToken, "The token is bound to its sender in a way that is not supported here")
            )
        }
        guard !clients.isEmpty else { return }
        guard let certificate, certificate.names.contains(where: { clients[$0]?.contains(caller.clientID) == true })
        else {
            throw Problem(.certificateNotAllowed, "The client's certificate is not one that this token's client uses")
        }
    }
}
