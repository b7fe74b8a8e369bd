import HTTPTypes
import HummingbirdTesting
import OrderHTTP
import Orders
import Testing

@Suite struct AdmissionTests {
    private let path = "/v1/orders/\(Adapter.orderID)"
    private let bus = ScriptedBus(status: 200, Adapter.order)

    @Test func everyRefusalSaysWhatTheStandardDemands() async throws {
        let adapter = Adapter(bus)
        let without = try await adapter.send(.get, path, token: nil)
        #expect(without.status == .unauthorized)
        #expect(without.errorCode == "UNAUTHORIZED")
        // RFC 6750 §3.1: no error code where no credentials were sent.
        #expect(without["WWW-Authenticate"] == "Bearer realm=\"orderbus\"")
        let bad = try await adapter.send(.get, path, token: "bad")
        #expect(bad.errorCode == "INVALID_TOKEN")
        #expect(
            bad["WWW-Authenticate"]
                == "Bearer realm=\"orderbus\", error=\"invalid_token\", error_description=\"The token is not 'good'.\""
        )
        let weak = try await adapter.send(.get, path, token: "writer")
        #expect(weak.status == .forbidden)
        #expect(weak["WWW-Authenticate"]?.contains("scope=\"orders:read\"") == true)
        let early = try await adapter.send(.get, path, token: "early")
        #expect(early.status == .serviceUnavailable)
        #expect(early["Retry-After"] != nil)
        #expect(bus.requests.isEmpty)
    }

    @Test(arguments: ["Basic YTpi", "", "Bearer", "Bearer ", "bearerless x"])
    func anotherSchemeIsNoToken(authorization: String) async throws {
        let fields = HTTPFields([("Authorization", authorization)])
        let response = try await Adapter(bus).send(.get, path, token: nil, fields)
        #expect(response.status == .unauthorized)
        #expect(response.errorCode == "UNAUTHORIZED")
        #expect(response["WWW-Authenticate"] == "Bearer realm=\"orderbus\"")
    }

    /// RFC 9110 §11.4: one space or more.
    @Test(arguments: ["Bearer  good", "bearer good", "BEARER   good "])
    func schemeMayBeWrittenInManyWays(authorization: String) async throws {
        let fields = HTTPFields([("Authorization", authorization)])
        #expect(try await Adapter(bus).send(.get, path, token: nil, fields).status == .ok)
        #expect(bus.requests.first?.authorization == "Bearer good", "as the worker takes it")
    }

    @Test func twoTokensAreNone() async throws {
        let fields = HTTPFields([("Authorization", "Bearer good"), ("Authorization", "Bearer good")])
        let response = try await Adapter(bus).application.test(.router) {
            try await $0.execute(uri: path, method: .get, headers: fields)
        }
        #expect(response.status == .badRequest)
        #expect(response["WWW-Authenticate"]?.contains("invalid_request") == true)
    }

    @Test func boundTokenNeedsItsConnection() async throws {
        let certificate = ClientCertificate(thumbprint: Array(repeating: 7, count: 32), names: [])
        #expect(try await Adapter(bus).send(.get, path, token: "bound").status == .unauthorized)
        let connection = Connection(peer: try #require(IPAddress("192.0.2.1")), certificate: certificate)
        #expect(try await Adapter(bus).send(.get, path, from: connection, token: "bound").status == .ok)
    }

    @Test func addressesThatAreNotListedStayOut() async throws {
        let adapter = Adapter(bus) {
            $0.allowedAddresses = [AddressRange("192.0.2.0/24")].compactMap(\.self)
            $0.addressRule = ClientAddressRule(trustedProxies: [AddressRange("10.0.0.1")].compactMap(\.self))
        }
        for (peer, forwarded, status) in [
            ("192.0.2.1", nil, .ok), ("203.0.113.1", nil, .forbidden),
            ("203.0.113.1", "192.0.2.1", .forbidden), ("10.0.0.1", "192.0.2.1", .ok),
            ("10.0.0.1", "203.0.113.1", .forbidden),
        ] as [(String, String?, HTTPResponse.Status)] {
            let connection = Connection(peer: try #require(IPAddress(peer)))
            let fields = HTTPFields(forwarded.map { [("X-Forwarded-For", $0)] } ?? [])
            #expect(try await adapter.send(.get, path, from: connection, fields).status == status)
        }
    }

    @Test func clientHasItsQuotaAndIsTold() async throws {
        let adapter = Adapter(bus) { $0.clientRate = RatePolicy(quota: 2, window: .seconds(600)) }
        let first = try await adapter.send(.get, path)
        #expect(first["RateLimit-Policy"] == "\"default\";q=2;w=600")
        #expect(first["RateLimit"] == "\"default\";r=1;t=300")
        _ = try await adapter.send(.get, path)
        let third = try await adapter.send(.get, path)
        #expect(third.status == .tooManyRequests)
        #expect(third.errorCode == "RATE_LIMITED")
        #expect(Int(third["Retry-After"] ?? "") ?? 0 > 200)
        #expect(try await adapter.send(.get, path, token: "reader").status == .ok)
        #expect(adapter.responder.limitedCount == 1)
    }

    @Test func guessingTokensIsSlowedDownByAddress() async throws {
        let adapter = Adapter(bus) { $0.failureRate = RatePolicy(quota: 2, window: .seconds(600)) }
        for _ in 0..<5 { #expect(try await adapter.send(.get, path).status == .ok) }
        for _ in 0..<2 { #expect(try await adapter.send(.get, path, token: "bad").status == .unauthorized) }
        #expect(try await adapter.send(.get, path, token: "bad").status == .tooManyRequests)
        #expect(try await adapter.send(.get, path, token: "reader").status == .tooManyRequests, "not known yet")
        #expect(try await adapter.send(.get, path).status == .ok, "known, and not shut out by others")
        let another = Connection(peer: try #require(IPAddress("192.0.2.1")))
        #expect(try await adapter.send(.get, path, from: another).status == .ok)
    }

    @Test func excessIsShed() async throws {
        let adapter = Adapter(bus) { $0.inFlightLimit = 0 }
        let response = try await adapter.send(.get, path)
        #expect(response.status == .serviceUnavailable)
        #expect(adapter.responder.shedCount == 1)
    }

    @Test func alarmStopsWritesAndReads() async throws {
        let adapter = Adapter(bus, availability: { .blocked })
        for (method, path) in [(HTTPRequest.Method.get, path), (.post, "\(path)/cancel")] {
            let response = try await adapter.send(method, path)
            #expect(response.status == .serviceUnavailable)
            #expect(response["Retry-After"] != nil)
        }
        #expect(bus.requests.isEmpty)
    }

    @Test func breakerAnswersForABusThatIsAway() async throws {
        let away = ScriptedBus(.notTaken(reason: "away"))
        let adapter = Adapter(away) { $0.breaker.failureThreshold = 3 }
        for _ in 0..<10 {
            #expect(try await adapter.send(.get, path).status == .serviceUnavailable)
        }
        #expect(away.requests.count == 3)
        #expect(adapter.responder.breakerLevel(of: .get) == 2)
        #expect(adapter.responder.breakerLevel(of: .create) == 0)
    }

    @Test func slowWorkersDoNotOpenTheBreaker() async throws {
        let adapter = Adapter(ScriptedBus(.taken)) { $0.breaker.failureThreshold = 1 }
        for _ in 0..<3 { #expect(try await adapter.send(.get, path).status == .gatewayTimeout) }
        #expect(adapter.responder.breakerLevel(of: .get) == 0)
    }
}
