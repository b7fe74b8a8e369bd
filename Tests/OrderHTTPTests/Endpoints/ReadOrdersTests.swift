import HTTPTypes
import HummingbirdTesting
import Orders
import Testing

@Suite struct ReadOrdersTests {
    private let path = "/v1/orders/\(Adapter.orderID)"

    @Test func orderComesWithItsTag() async throws {
        let response = try await Adapter(ScriptedBus(status: 200, Adapter.order)).send(.get, path)
        #expect(response.status == .ok)
        #expect(response.text == Adapter.order)
        #expect(response["ETag"] == "\"3\"")
        #expect(response["Cache-Control"] == "private, no-cache")
    }

    @Test func knownVersionIsNotSentAgain() async throws {
        let adapter = Adapter(ScriptedBus(status: 200, Adapter.order))
        let known = try await adapter.send(.get, path, HTTPFields([("If-None-Match", "\"2\", W/\"3\"")]))
        #expect(known.status == .notModified)
        #expect(known.text.isEmpty)
        #expect(known["ETag"] == "\"3\"")
        #expect(try await adapter.send(.get, path, HTTPFields([("If-None-Match", "\"2\"")])).status == .ok)
        #expect(try await adapter.send(.get, path, HTTPFields([("If-Match", "\"2\"")])).status == .preconditionFailed)
    }

    @Test func headHasNoBodyAndItsLength() async throws {
        let response = try await Adapter(ScriptedBus(status: 200, Adapter.order)).send(.head, path)
        #expect(response.status == .ok)
        #expect(response.text.isEmpty)
        #expect(response["Content-Length"] == "\(Adapter.order.utf8.count)")
    }

    @Test func readUnansweredIsATimeout() async throws {
        let response = try await Adapter(ScriptedBus(.taken)).send(.get, path)
        #expect(response.status == .gatewayTimeout)
        #expect(response.errorCode == "REPLY_TIMEOUT")
        let lost = try await Adapter(ScriptedBus(.unknown(reason: "lost"))).send(.get, path)
        #expect(lost.status == .serviceUnavailable)
    }

    @Test func readAlwaysWaitsALittle() async throws {
        let bus = ScriptedBus { _, wait in
            wait > .zero
                ? .replied(BusReply(status: 200, isReplay: false, body: Array(Adapter.order.utf8))) : .taken
        }
        #expect(try await Adapter(bus).send(.get, path, HTTPFields([("Prefer", "wait=0")])).status == .ok)
    }

    @Test func listAsksForWhatTheQueryNames() async throws {
        let bus = ScriptedBus(status: 200, #"{"orders":[]}"#)
        let response = try await Adapter(bus).send(.get, "/v1/orders?status=PENDING&customerId=a%22b&limit=7&x=y")
        #expect(response.status == .ok)
        #expect(response["Link"] == nil)
        let sent = bus.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(sent == #"{"status":"PENDING","customerId":"a\"b","limit":7}"#)
        _ = try await Adapter(bus).send(.get, "/v1/orders")
        #expect(bus.requests.last?.body == Array("{}".utf8))
    }

    @Test func nextPageIsLinked() async throws {
        let bus = ScriptedBus(status: 200, #"{"orders":[],"nextCursor":"kq-\#(Adapter.orderID)"}"#)
        let response = try await Adapter(bus).send(.get, "/v1/orders?limit=7&status=PENDING")
        let next = "/v1/orders?status=PENDING&limit=7&cursor=kq-\(Adapter.orderID)"
        #expect(response["Link"] == "<\(next)>; rel=\"next\"")
        #expect(try await Adapter(bus).send(.get, next).status == .ok)
    }

    @Test(arguments: [
        "limit=0", "limit=201", "limit=x", "limit=1&limit=2", "limit=%2B5", "limit=05", "status=pending", "status=",
        "customerId=", "cursor=x", "cursor=",
    ])
    func everyBrokenRuleOfTheQueryIsNamed(_ query: String) async throws {
        let bus = ScriptedBus(status: 200, #"{"orders":[]}"#)
        let response = try await Adapter(bus).send(.get, "/v1/orders?\(query)")
        #expect(response.status == .badRequest)
        #expect(response.errorCode == "ORDER_VALIDATION_FAILED")
        #expect(bus.requests.isEmpty)
    }
}
