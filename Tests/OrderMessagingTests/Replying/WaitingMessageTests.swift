import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct WaitingMessageTests {
    private static let history = DeliveryHistory(attempt: 2, firstFailure: Timestamp(milliseconds: 1_766_785_510_123))

    private func delivery(
        _ headers: FieldTable = ["authorization": .text("Bearer good")],
        _ change: (inout MessageProperties) -> Void = { _ in }
    ) throws -> Delivery {
        var properties = MessageProperties(headers: headers)
        change(&properties)
        return try Delivery.made(routingKey: "order.create.v1", properties: properties, body: [1, 2, 3])
    }

    private func message(
        _ delivery: Delivery,
        for delay: RetryDelay = .fiveSeconds,
        isBare: Bool = false
    ) -> OutgoingMessage {
        let command = CommandReader(authenticator: FixedAuthenticator()).read(delivery).command
        let postponement = Postponement(command, for: delay, history: Self.history)
        return isBare
            ? WaitingMessage.bare(postponement, of: delivery, worker: "worker")
            : WaitingMessage.make(postponement, of: delivery, worker: "worker")
    }

    /// The message as it comes back.
    private func redelivered(_ message: OutgoingMessage) throws -> Delivery {
        try Delivery.made(routingKey: message.routingKey, properties: message.properties, body: message.body)
    }

    @Test(arguments: zip(RetryDelay.allCases, ["orders.retry.5s", "orders.retry.30s", "orders.retry.5m"]))
    func eachDelayHasItsExchange(delay: RetryDelay, exchange: String) throws {
        #expect(message(try delivery(), for: delay).exchange.string == exchange)
    }

    @Test func commandIsKeptWithItsTokenAndCannotExpire() throws {
        let message = message(
            try delivery(["authorization": .text("Bearer good"), "own": .int32(7)]) { $0.expiration = "1000" }
        )
        #expect(message.body == [1, 2, 3])
        #expect(message.routingKey == "order.create.v1")
        #expect(message.properties.headers["authorization"]?.text == "Bearer good")
        #expect(message.properties.headers["own"] == .int32(7))
        #expect(message.properties.expiration == nil)
        #expect(message.properties.deliveryMode == 2)
        #expect(message.isMandatory)
    }

    /// Symptom: each try of one command stood in the log under another id.
    @Test func requestKeepsItsNameWhenItComesAgain() throws {
        for isBare in [false, true] {
            let delivery = try delivery()
            let first = message(delivery, isBare: isBare)
            let name = try #require(first.properties.headers["request-id"]?.text)
            let reader = CommandReader(authenticator: FixedAuthenticator())
            #expect(reader.read(try redelivered(first)).command.context.requestID == name)
        }
    }

    @Test func tokenUnderANameThatNobodyReadsIsLeftOut() throws {
        let delivery = try delivery(["authorization": .text("Bearer good"), "Authorization": .text("Bearer secret")])
        for isBare in [false, true] {
            let headers = message(delivery, isBare: isBare).properties.headers
            #expect(headers["authorization"]?.text == "Bearer good")
            #expect(headers.first(named: "Authorization") == nil)
        }
    }

    @Test func whatIsNotedIsReadAgain() throws {
        let message = message(
            try delivery {
                $0.userID = "gateway"
                $0.expiration = "1000"
            }
        )
        #expect(message.properties.userID == "worker")
        let provenance = Provenance(of: try redelivered(message), worker: "worker")
        #expect(provenance.history == Self.history)
        #expect(provenance.publisher == "gateway")
        #expect(provenance.expiration == "1000")
    }

    @Test func secondWaitKeepsWhatTheFirstNoted() throws {
        let first = message(
            try delivery {
                $0.userID = "gateway"
                $0.expiration = "1000"
            }
        )
        let second = message(try redelivered(first))
        #expect(second.properties == first.properties)
    }

    /// Else the worker's own name would make a stranger's words true.
    @Test func forgedNotesAreTakenOut() throws {
        let forged: FieldTable = [
            "attempt": .int32(4), "first-failure-time": .text("2000-01-01T00:00:00.000Z"),
            "original-user-id": .text("console"), "original-expiration": .text("1"), "attempts": .int32(9),
            "verified-tenant": .text("other"), "replayed-by-client": .text("nobody"), "failure-code": .text("X"),
        ]
        for user: ShortString? in [nil, "producer"] {
            let message = message(try delivery(forged) { $0.userID = user })
            let headers = message.properties.headers
            #expect(headers.filter { $0.name == "attempt" }.map(\.value) == [.int32(2)])
            #expect(headers.filter { $0.name == "first-failure-time" }.count == 1)
            #expect(headers.first(named: "original-user-id")?.stringBytes == user?.bytes)
            for name: ShortString in [
                "original-expiration", "attempts", "verified-tenant", "replayed-by-client",
                "failure-code",
            ] {
                #expect(headers.first(named: name) == nil, "\(name)")
            }
        }
    }

    /// The broker silently drops what its `x-death` shows going in circles, and sends a copy for each name in `CC`.
    @Test func whatTheBrokerActsOnIsTakenOut() throws {
        let names: [ShortString] = [
            "x-death", "x-first-death-queue", "x-first-death-reason", "x-last-death-exchange", "x-delivery-count",
            "x-acquired-count", "CC", "BCC",
        ]
        var headers: FieldTable = ["x-own": .int32(1)]
        for name in names { headers.append(name, .array([.text("order.create.v1")])) }
        let message = message(try delivery(headers))
        for name in names { #expect(message.properties.headers.first(named: name) == nil, "\(name)") }
        #expect(message.properties.headers["x-own"] == .int32(1))
    }

    @Test func headersThatWouldNotFitAreLeftOutButTheContractsAreNot() throws {
        var headers: FieldTable = [
            "authorization": .text("Bearer good"), "idempotency-key": .text("0123456789"),
            "on-behalf-of-tenant": .text("acme"), "tracestate": .text(String(repeating: "x", count: 20_000)),
            "replay-id": .int32(7),
        ]
        for number in 0..<100 {
            headers.append(ShortString(stringLiteral: "own-\(number)"), .text(String(repeating: "x", count: 1000)))
        }
        for message in [message(try delivery(headers)), message(try delivery(headers), isBare: true)] {
            let kept = message.properties.headers
            #expect(kept.byteCount < 16 * 1024)
            #expect(kept["authorization"]?.text == "Bearer good")
            #expect(kept["idempotency-key"]?.text == "0123456789")
            #expect(kept["on-behalf-of-tenant"]?.text == "acme")
            #expect(kept["tracestate"] == .void, "wrong it was and wrong it stays")
            #expect(kept["replay-id"] == .void)
            #expect(kept["attempt"] == .int32(2))
        }
    }
}
