import Orders
import Testing

@testable import OrderHTTP

@Suite struct CertificateRuleTests {
    private let caller = Caller(tenant: "acme", clientID: "loader", subject: nil, scopes: [])
    private let certificate = ClientCertificate(
        thumbprint: Array(0..<32),
        names: [CertificateName(.dns, "Loader.example.com"), CertificateName(.uri, "spiffe://example.com/loader")]
    )

    @Test func boundTokenNeedsItsCertificate() throws {
        let rule = CertificateRule()
        try rule.check(certificate, caller, .certificate(thumbprint: Array(0..<32)))
        for wrong in [Array(1..<33), [], Array(0..<31)] as [[UInt8]] {
            #expect(throws: Problem.self) { try rule.check(certificate, caller, .certificate(thumbprint: wrong)) }
        }
        #expect(throws: Problem.self) { try rule.check(nil, caller, .certificate(thumbprint: Array(0..<32))) }
        #expect(throws: Problem.self) { try rule.check(certificate, caller, .other) }
        try rule.check(nil, caller, .none)
    }

    @Test func namedClientsNeedACertificateThatNamesThem() throws {
        for name in ["dns:loader.EXAMPLE.com", "uri:spiffe://example.com/loader"] {
            let rule = CertificateRule(clients: [try #require(CertificateName(name)): ["loader"]])
            try rule.check(certificate, caller, .none)
            #expect(throws: Problem.self) { try rule.check(nil, caller, .none) }
        }
        let others = CertificateRule(clients: [CertificateName(.dns, "loader.example.com"): ["another"]])
        #expect(throws: Problem.self) { try others.check(certificate, caller, .none) }
    }
}
