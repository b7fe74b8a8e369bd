import Testing

@testable import OrderHTTP

@Suite struct ClientAddressRuleTests {
    private func client(_ peer: String, _ value: String?, _ source: ClientAddressRule.Source = .xForwardedFor) throws
        -> String
    {
        let proxies = [try #require(AddressRange("10.0.0.0/8")), try #require(AddressRange("::1"))]
        let rule = ClientAddressRule(trustedProxies: proxies, source: source)
        return rule.client(peer: try #require(IPAddress(peer)), value: value).description
    }

    @Test func strangerCannotSayWhoItIs() throws {
        #expect(try client("203.0.113.1", "192.0.2.1") == "203.0.113.1")
    }

    @Test func nearestAddressBehindTheProxiesCounts() throws {
        #expect(try client("10.0.0.1", "192.0.2.9, 192.0.2.1, 10.0.0.2") == "192.0.2.1")
        #expect(try client("::1", "for=192.0.2.9, for=192.0.2.1", .forwarded) == "192.0.2.1")
    }

    @Test func malformedValueCountsAsNone() throws {
        #expect(try client("10.0.0.1", "192.0.2.1, nonsense") == "10.0.0.1")
        #expect(try client("10.0.0.1", nil) == "10.0.0.1")
    }

    @Test func hiddenHopEndsTheSearch() throws {
        #expect(try client("10.0.0.1", "192.0.2.1, unknown, 10.0.0.2") == "10.0.0.2")
    }
}
