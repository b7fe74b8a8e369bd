import HTTPTypes
import HummingbirdTesting
import NIOCore
import OrderConsole
import OrderHTTP
import Orders
import Testing

@Suite struct DoorTests {
    private static func rate(_ quota: Int) -> RatePolicy? { RatePolicy(quota: quota, window: .seconds(3600)) }

    private var forwarded: HTTPFields { [.xForwardedFor: "203.0.113.9, 198.51.100.7"] }

    private func address(of desk: Desk, through peer: String, _ fields: HTTPFields) async throws -> String? {
        _ = try await desk.send(.get, "/v1/dead/groups", token: "acme:", from: peer, fields)
        return desk.refusals.last?.address
    }

    @Test func auditBelievesTheConnectionAndNotTheCallersFields() async throws {
        #expect(try await address(of: Desk(), through: "192.0.2.1", forwarded) == "192.0.2.1")
        #expect(try await address(of: Desk(), through: "192.0.2.1", [.forwarded: "for=203.0.113.9"]) == "192.0.2.1")
    }

    @Test func auditBelievesATrustedProxyAsFarAsItsOwnWordGoes() async throws {
        let desk = Desk {
            $0.addressRule = ClientAddressRule(trustedProxies: [AddressRange("10.0.0.0/8")].compactMap(\.self))
        }
        // The first was there when the proxy got it: anybody can have written it.
        #expect(try await address(of: desk, through: "10.1.2.3", forwarded) == "198.51.100.7")
        #expect(try await address(of: desk, through: "192.0.2.1", forwarded) == "192.0.2.1")
    }

    @Test func addressWithoutAGoodTokenIsSlowedDownAndOthersAreNot() async throws {
        let desk = Desk { $0.failureRate = Self.rate(2) }
        for _ in 0..<2 {
            #expect(try await desk.send(.get, "/v1/dead/groups", token: "nonsense").status == .unauthorized)
        }
        let refused = try await desk.send(.get, "/v1/dead/groups", token: "nonsense")
        #expect(refused.status == .tooManyRequests)
        #expect(refused.headers[.retryAfter] != nil)
        #expect(try await desk.send(.get, "/v1/dead/groups").status == .tooManyRequests, "good tokens too")
        #expect(try await desk.send(.get, "/v1/dead/groups", from: "192.0.2.2").status == .ok)
        #expect(desk.responder.limitedCount == 2)
    }

    @Test func whoeverHasSignedInIsNotShutOutByOthersAtTheAddress() async throws {
        let (desk, token) = (Desk { $0.failureRate = Self.rate(1) }, ScopedAuthenticator.untilTheYear2100 + "acme:read")
        let signIn = try await desk.send(.post, "/session", "{\"token\":\"\(token)\"}", token: nil)
        let cookie = try #require(signIn.headers[.setCookie]?.split(separator: ";").first.map(String.init))
        for _ in 0..<2 { _ = try await desk.send(.post, "/session", #"{"token":"nonsense"}"#, token: nil) }
        #expect(try await desk.send(.get, "/session", token: nil).status == .tooManyRequests)
        #expect(try await desk.send(.get, "/session", token: nil, [.cookie: cookie]).status == .ok)
        let forged: HTTPFields = [.cookie: "__Host-orderbus-session=AAAA"]
        #expect(try await desk.send(.get, "/session", token: nil, forged).status == .tooManyRequests)
    }

    @Test func operatorIsHeldToARateOfItsOwn() async throws {
        let desk = Desk { $0.operatorRate = Self.rate(1) }
        #expect(try await desk.send(.get, "/v1/dead/groups").status == .ok)
        #expect(try await desk.send(.get, "/v1/dead/groups", from: "192.0.2.9").status == .tooManyRequests)
        #expect(try await desk.send(.get, "/v1/dead/groups", token: "umbrella:read").status == .ok)
    }

    @Test func onlyListedAddressesComeIn() async throws {
        let desk = Desk { $0.allowedAddresses = [AddressRange("192.0.2.0/24")].compactMap(\.self) }
        #expect(try await desk.send(.get, "/").status == .ok)
        #expect(try await desk.send(.get, "/", from: "198.51.100.1").status == .forbidden)
    }

    @Test(arguments: ["/", "/assets/console.js", "/v1/dead/groups", "/v1/events"])
    func headIsAnsweredAsGetWithoutABody(path: String) async throws {
        let head = try await Desk().send(.head, path)
        #expect(head.status == .ok && head.body.readableBytes == 0)
        guard path != "/v1/events" else { return }
        let whole = try await Desk().send(.get, path)
        #expect(head.headers[.contentLength] == String(whole.body.readableBytes))
        #expect(head.headers[.contentType] == whole.headers[.contentType])
    }

    @Test func triedDoorIsInTheAudit() async throws {
        let desk = Desk()
        _ = try await desk.send(.post, "/session", #"{"token":"nonsense"}"#, token: nil)
        let entry = try #require(desk.refusals.last)
        #expect(entry.action == .signIn && entry.actor == .nobody && entry.address == "192.0.2.1")
        #expect(!"\(entry)".contains("nonsense"))
    }

    @Test func browsersAreToldOfTLSWhereThereIsTLS() async throws {
        #expect(try await Desk { $0.isSecure = true }.send(.get, "/").headers[.strictTransportSecurity] != nil)
        #expect(try await Desk().send(.get, "/").headers[.strictTransportSecurity] == nil)
    }
}
