import HTTPTypes
import HummingbirdTesting
import Orders
import Testing

@Suite struct CreateOrderTests {
    private let result =
        #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv","status":"PENDING","createdAt":"2025-12-26T21:45:10.123Z"}"#
    private let withKey = HTTPFields([("Idempotency-Key", Adapter.key)])

    @Test func createdOrderIsLocatedAndTagged() async throws {
        let bus = ScriptedBus(status: 201, result)
        let response = try await Adapter(bus).send(.post, "/v1/orders", withKey, body: #"{"customerId":"c"}"#)
        #expect(response.status == .created)
        #expect(response.text == result)
        #expect(response["Location"] == "/v1/orders/\(Adapter.orderID)")
        #expect(response["ETag"] == "\"1\"")
        #expect(response["Idempotent-Replayed"] == nil)
        #expect(response["X-Content-Type-Options"] == "nosniff")
        let sent = try #require(bus.requests.first)
        #expect(sent.command == .create)
        #expect(sent.body == Array(#"{"customerId":"c"}"#.utf8))
        #expect(sent.authorization == "Bearer good")
        #expect(sent.idempotencyKey == Adapter.key)
        #expect(sent.requestID == response["X-Request-Id"])
        #expect(sent.traceparent == response["traceparent"])
    }

    @Test func replayIsSaidToBeOne() async throws {
        let bus = ScriptedBus(status: 201, result, isReplay: true)
        let response = try await Adapter(bus).send(.post, "/v1/orders", withKey, body: "{}")
        #expect(response["Idempotent-Replayed"] == "true")
    }

    @Test func keyInTheBodyServesToo() async throws {
        let bus = ScriptedBus(.taken)
        let body = #"{"idempotencyKey":"\#(Adapter.key)"}"#
        let response = try await Adapter(bus).send(.post, "/v1/orders", body: body)
        #expect(response.status == .accepted)
        #expect(response["Location"] == "/v1/orders/\(Adapter.orderID)")
    }

    @Test func orderWithoutKeyReachesNoWorker() async throws {
        let bus = ScriptedBus(status: 201, result)
        let response = try await Adapter(bus).send(.post, "/v1/orders", body: "{}")
        #expect(response.status == .badRequest)
        #expect(response.errorCode == "IDEMPOTENCY_KEY_REQUIRED")
        #expect(bus.requests.isEmpty)
    }

    /// A key that was missing or wrong hid all else that was.
    @Test(arguments: [
        ([], #"{"items":[]}"#, "IDEMPOTENCY_KEY_REQUIRED", ["idempotencyKey", "customerId", "items", "totalAmount"]),
        (
            [("Idempotency-Key", "short")], #"{"items":[]}"#, "ORDER_VALIDATION_FAILED",
            ["Idempotency-Key", "customerId", "items", "totalAmount"]
        ),
        (
            [("Idempotency-Key", Adapter.key), ("Prefer", "respond-async")],
            #"{"idempotencyKey":"another-key-here","items":[]}"#, "ORDER_VALIDATION_FAILED",
            ["idempotencyKey", "customerId", "items", "totalAmount"]
        ),
        ([("Idempotency-Key", "short")], "[]", "MALFORMED_MESSAGE", []),
    ])
    func everyViolationIsToldBesideTheKeys(
        fields: [(String, String)],
        body: String,
        code: String,
        violated: [String]
    ) async throws {
        let bus = ScriptedBus(.taken)
        let response = try await Adapter(bus).send(.post, "/v1/orders", HTTPFields(fields), body: body)
        #expect(response.status == .badRequest)
        #expect(response.errorCode == code)
        #expect(response.violatedFields == violated)
        #expect(bus.requests.isEmpty)
    }

    @Test func takenAndUnansweredIsAcceptedWithTheWayOn() async throws {
        let response = try await Adapter(ScriptedBus(.taken)).send(.post, "/v1/orders", withKey, body: "{}")
        #expect(response.status == .accepted)
        #expect(response["Location"] == "/v1/orders/\(Adapter.orderID)")
        #expect(response["Retry-After"] == "1")
        #expect(response.text.contains("same key"))
        #expect(response.text.contains("carried out or refused"))
        #expect(response["Preference-Applied"] == nil)
    }

    @Test func callerMayAskForNoWait() async throws {
        let bus = ScriptedBus { _, wait in wait == .zero ? .taken : .notTaken(reason: "waited") }
        var fields = withKey
        fields.append(HTTPField(name: try #require(HTTPField.Name("Prefer")), value: "respond-async"))
        let response = try await Adapter(bus).send(.post, "/v1/orders", fields, body: "{}")
        #expect(response.status == .accepted)
        #expect(response["Preference-Applied"] == "respond-async")
    }

    @Test func callerMayAskForLessWait() async throws {
        let bus = ScriptedBus { _, wait in wait == .seconds(1) ? .taken : .notTaken(reason: "waited") }
        var fields = withKey
        fields.append(HTTPField(name: try #require(HTTPField.Name("Prefer")), value: "wait=1"))
        let response = try await Adapter(bus).send(.post, "/v1/orders", fields, body: "{}")
        #expect(response.status == .accepted)
        #expect(response["Preference-Applied"] == "wait=1")
    }

    @Test func promiseIsNotMadeForWhatWillBeRefused() async throws {
        let fields = HTTPFields([("Idempotency-Key", Adapter.key), ("Prefer", "respond-async")])
        let bus = ScriptedBus(.taken)
        for body in ["[]", "{", #"{"idempotencyKey":"another-key-here"}"#, #"{"idempotencyKey":5}"#] {
            #expect(try await Adapter(bus).send(.post, "/v1/orders", fields, body: body).status == .badRequest)
        }
        #expect(bus.requests.isEmpty)
    }

    @Test func notTakenIsUnavailable() async throws {
        let bus = ScriptedBus(.notTaken(reason: "the queue is full"))
        let response = try await Adapter(bus).send(.post, "/v1/orders", withKey, body: "{}")
        #expect(response.status == .serviceUnavailable)
        #expect(response.errorCode == "SERVICE_UNAVAILABLE")
        #expect(response["Retry-After"] != nil)
        #expect(response.text.contains("nothing was taken"))
    }

    @Test func unknownIsNotSaidToBeUntaken() async throws {
        let bus = ScriptedBus(.unknown(reason: "lost"))
        let response = try await Adapter(bus).send(.post, "/v1/orders", withKey, body: "{}")
        #expect(response.status == .gatewayTimeout)
        #expect(!response.text.contains("nothing was taken"))
    }

    @Test func refusalComesAsTheWorkerWroteIt() async throws {
        let refusal = #"{"error":{"code":"IDEMPOTENCY_KEY_REUSED","message":"m","details":[],"correlationId":"x"}}"#
        let response = try await Adapter(ScriptedBus(status: 409, refusal)).send(
            .post,
            "/v1/orders",
            withKey,
            body: "{}"
        )
        #expect(response.status == .conflict)
        #expect(response.text == refusal)
    }

    @Test func refusalComesAsProblemToThoseWhoAsk() async throws {
        let refusal =
            #"{"error":{"code":"ORDER_VALIDATION_FAILED","message":"m","details":[{"field":"items","message":"is required"}],"correlationId":"x"}}"#
        let fields = HTTPFields([("Idempotency-Key", Adapter.key), ("Accept", "application/problem+json")])
        let response = try await Adapter(ScriptedBus(status: 400, refusal)).send(
            .post,
            "/v1/orders",
            fields,
            body: "{}"
        )
        #expect(response["Content-Type"] == "application/problem+json")
        #expect(response.text.contains(#""errors":[{"field":"items","message":"is required"}]"#))
        #expect(response.text.contains(#""status":400"#))
        #expect(response.text.contains(#""title":"Bad Request""#))
    }

    @Test func answerThatIsNoneIsOurFault() async throws {
        for body in ["", "[]", "{}", "{\"error\":5}"] {
            let response = try await Adapter(ScriptedBus(status: 201, body)).send(
                .post,
                "/v1/orders",
                withKey,
                body: "{}"
            )
            #expect(response.status == .internalServerError)
        }
    }
}
