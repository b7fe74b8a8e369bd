import HTTPTypes
import HummingbirdTesting
import Orders
import Testing

@Suite struct CancelOrderTests {
    private let path = "/v1/orders/\(Adapter.orderID)/cancel"

    private func sentBody(_ fields: HTTPFields = [:], body: String? = nil) async throws -> String? {
        let bus = ScriptedBus(status: 200, Adapter.order)
        _ = try await Adapter(bus).send(.post, path, fields, body: body)
        return bus.requests.first.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test func needsNoBody() async throws {
        let bus = ScriptedBus(status: 200, Adapter.order)
        let response = try await Adapter(bus).send(.post, path)
        #expect(response.status == .ok)
        #expect(response["ETag"] == "\"3\"")
        #expect(bus.requests.map(\.command) == [.cancel])
    }

    @Test func reasonTravelsAsItCame() async throws {
        #expect(try await sentBody() == #"{"orderId":"\#(Adapter.orderID)"}"#)
        #expect(
            try await sentBody(body: #"{"reason": "a\nb", "orderId": "ord_other"}"#)
                == #"{"orderId":"\#(Adapter.orderID)","reason":"a\nb"}"#
        )
        #expect(try await sentBody(body: #"{"reason":5}"#) == #"{"orderId":"\#(Adapter.orderID)","reason":5}"#)
    }

    @Test func ifMatchNamesTheVersion() async throws {
        #expect(
            try await sentBody(HTTPFields([("If-Match", "\"2\"")]))
                == #"{"orderId":"\#(Adapter.orderID)","expectedVersion":2}"#
        )
        #expect(try await sentBody(HTTPFields([("If-Match", "*")])) == #"{"orderId":"\#(Adapter.orderID)"}"#)
    }

    @Test func conditionThatCanNeverHoldIsNotSent() async throws {
        for (value, status) in [
            ("W/\"2\"", HTTPResponse.Status.preconditionFailed), ("\"abc\"", .preconditionFailed),
            ("2", .preconditionFailed), ("\"1\", \"2\"", .badRequest),
        ] {
            let bus = ScriptedBus(status: 200, Adapter.order)
            let response = try await Adapter(bus).send(.post, path, HTTPFields([("If-Match", value)]))
            #expect(response.status == status)
            #expect(bus.requests.isEmpty)
        }
    }

    @Test func malformedIdNamesNoOrder() async throws {
        let bus = ScriptedBus(status: 200, Adapter.order)
        let response = try await Adapter(bus).send(.post, "/v1/orders/ord_x/cancel")
        #expect(response.status == .notFound)
        #expect(response.errorCode == "ORDER_NOT_FOUND")
        #expect(bus.requests.isEmpty)
    }

    @Test func takenAndUnansweredIsAccepted() async throws {
        let response = try await Adapter(ScriptedBus(.taken)).send(.post, path)
        #expect(response.status == .accepted)
        #expect(response["Location"] == "/v1/orders/\(Adapter.orderID)")
    }
}
