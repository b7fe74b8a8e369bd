import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct DeadLetterMessageTests {
    private func message(
        caller: Caller = Caller(tenant: "acme", clientID: "loadgen", subject: "s", scopes: ["orders:write"]),
        _ change: (inout MessageProperties) -> Void = { _ in }
    ) throws -> OutgoingMessage {
        var properties = MessageProperties(
            headers: [
                "authorization": .text("Bearer secret"), "x-own": .int32(7), "failure-code": .text("FORGED"),
                "attempts": .int32(99), "failure-release": .text("FORGED"), "replayed-by-client": .text("FORGED"),
            ]
        )
        change(&properties)
        let delivery = try Delivery.made(routingKey: "order.create.v1", properties: properties, body: [1, 2, 3])
        let command = CommandReader(authenticator: FixedAuthenticator()).read(delivery).command
        let letter = DeadLetter(command, because: Refusal(.validationFailed, "No"), caller: caller)
        return DeadLetterMessage.make(
            letter,
            of: delivery,
            at: Timestamp(milliseconds: 0),
            worker: "worker",
            release: "1.4.2"
        )
    }

    @Test func messageIsKeptButForItsToken() throws {
        let message = try message()
        #expect(message.body == [1, 2, 3])
        #expect(message.exchange.string == "orders.dlx")
        #expect(message.properties.headers["x-own"] == .int32(7))
        #expect(!message.properties.headers.contains("authorization"))
    }

    @Test(arguments: ["Authorization", "AUTHORIZATION"] as [ShortString])
    func tokenUnderAMisspeltNameIsNotKeptEither(name: ShortString) throws {
        let message = try message { $0.headers.append(name, .text("Bearer secret")) }
        #expect(message.properties.headers.first(named: name) == nil)
    }

    @Test func reasonIsOursAndCannotBeForged() throws {
        let headers = try message().properties.headers
        #expect(headers["failure-code"]?.text == "ORDER_VALIDATION_FAILED")
        #expect(headers.filter { $0.name == "failure-code" }.count == 1)
        #expect(headers.filter { $0.name == "failure-release" }.map(\.value.text) == ["1.4.2"])
        #expect(headers["verified-client"]?.text == "loadgen")
        #expect(headers["original-routing-key"]?.text == "order.create.v1")
    }

    /// The broker refuses a foreign user-id, and would let the letter expire.
    @Test func whatTheBrokerWouldActOnIsOnlyTold() throws {
        let message = try message {
            $0.userID = "producer"
            $0.expiration = "1000"
        }
        #expect(message.properties.userID == nil)
        #expect(message.properties.expiration == nil)
        #expect(message.properties.headers["original-user-id"]?.text == "producer")
        #expect(message.properties.headers["original-expiration"]?.text == "1000")
        #expect(message.properties.deliveryMode == 2)
    }

    /// Symptom: the letter knew nothing of the id that its sender and the log were given.
    @Test func letterNamesTheRequestAlsoWhereItsSenderDidNot() throws {
        let unnamed = try message().properties.headers["request-id"]?.text
        #expect(unnamed?.isEmpty == false)
        let named = try message { $0.headers.append("request-id", .text("request-0001")) }.properties.headers
        #expect(named.filter { $0.name == "request-id" }.map(\.value) == [.text("request-0001")])
        let malformed = try message { $0.headers.append("request-id", .int32(7)) }.properties.headers
        #expect(malformed.filter { $0.name == "request-id" }.count == 1)
        #expect(malformed["request-id"]?.text?.isEmpty == false)
    }

    /// Symptom: mended and sent again, the command had lost the key that is its identity.
    @Test func hugeHeadersOfItsSendersCostNoKey() throws {
        let headers = try message {
            $0.headers.append("idempotency-key", .text("key-1234567890"))
            $0.headers.append("huge", .string(ArraySlice(repeating: 120, count: 100_000)))
        }.properties.headers
        #expect(headers["idempotency-key"]?.text == "key-1234567890")
        #expect(headers.first(named: "huge") == nil)
        #expect(headers.first(named: "authorization") == nil)
        #expect(headers["failure-code"]?.text == "ORDER_VALIDATION_FAILED")
    }

    @Test func firstAttemptIsAlsoTheLast() throws {
        let headers = try message().properties.headers
        #expect(headers["attempts"] == .int32(1))
        #expect(headers["first-failure-time"]?.text == "1970-01-01T00:00:00.000Z")
        #expect(headers["failure-time"]?.text == "1970-01-01T00:00:00.000Z")
        #expect(headers.first(named: "replayed-by-client") == nil)
    }

    @Test func attemptsOfACommandThatWaitedAreTold() throws {
        let message = try message {
            $0.userID = "worker"
            $0.headers.append("attempt", .int32(4))
            $0.headers.append("first-failure-time", .text("1969-12-31T23:54:25.000Z"))
            $0.headers.append("original-user-id", .text("producer"))
        }
        let headers = message.properties.headers
        #expect(headers["attempts"] == .int32(4))
        #expect(headers["first-failure-time"]?.text == "1969-12-31T23:54:25.000Z")
        #expect(headers["original-user-id"]?.text == "producer")
        #expect(headers.first(named: "attempt") == nil)
    }

    @Test func replayedCommandNamesItsSenderAndItsOperator() throws {
        let authority = Caller(tenant: "acme", clientID: "operators", subject: "olga", scopes: [])
        let caller = Caller(
            tenant: "acme",
            clientID: "loadgen",
            subject: "s",
            scopes: ["orders:write"],
            replay: Replay(by: authority, replayID: "rpl_1", deadLetterID: nil)
        )
        let headers = try message(caller: caller).properties.headers
        #expect(headers["verified-client"]?.text == "loadgen")
        #expect(headers.filter { $0.name == "replayed-by-client" }.map(\.value) == [.text("operators")])
        #expect(headers["replayed-by-subject"]?.text == "olga")
        #expect(headers["replayed-by-tenant"]?.text == "acme")
    }
}
