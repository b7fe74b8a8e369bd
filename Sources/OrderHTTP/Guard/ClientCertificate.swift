/// The certificate that a caller proved to hold, signed by a trusted authority.
package struct ClientCertificate: Sendable, Hashable {
    /// SHA-256 over the certificate in DER, 32 bytes.
    package let thumbprint: [UInt8]
    /// Its subject alternative names.
    package let names: [CertificateName]

    package init(thumbprint: [UInt8], names: [CertificateName]) {
        self.thumbprint = thumbprint
        self.names = names
    }

    /// Whether this is the certificate that a token names; takes the same time for any answer.
    func has(thumbprint other: [UInt8]) -> Bool {
        guard thumbprint.count == other.count else { return false }
        return zip(thumbprint, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// A subject alternative name: `dns:loader.example.com` or `uri:spiffe://example.com/loader`.
package struct CertificateName: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case dns
        case uri
    }

    package let kind: Kind
    /// Exact for a URI, in lower case for DNS.
    package let value: String

    package init(_ kind: Kind, _ value: String) {
        self.kind = kind
        self.value = kind == .dns ? value.lowercased() : value
    }

    /// Reads the written form; `nil` if it begins with neither `dns:` nor `uri:` or names nothing.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, let kind = Kind(rawValue: String(parts[0])) else { return nil }
        self.init(kind, String(parts[1]))
    }

    package var description: String { "\(kind.rawValue):\(value)" }
}
