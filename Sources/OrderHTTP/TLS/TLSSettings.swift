/// The files that TLS is made of, all in PEM.
package struct TLSSettings: Sendable, Hashable {
    package enum ClientCertificates: String, Sendable, CaseIterable {
        /// Asked for, and checked where there is one.
        case optional
        /// A connection without one is refused.
        case required
    }

    /// The server's certificate, and behind it those that lead to its authority.
    package var certificateFile: String
    package var keyFile: String
    /// The authorities that sign clients' certificates; `nil` to ask for none.
    package var clientAuthorityFile: String?
    package var clientCertificates = ClientCertificates.optional

    package init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    var files: [String] { [certificateFile, keyFile] + (clientAuthorityFile.map { [$0] } ?? []) }
}
