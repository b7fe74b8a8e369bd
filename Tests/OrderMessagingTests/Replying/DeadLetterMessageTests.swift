import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct DeadLetterMessageTests {
    private func message(_ change: (inout MessageProperties) -> Void = { _ in }) throws -> OutgoingMessage {
        var properties = MessageProperties(
            headers: ["authorization": .text("Bearer secret"), "x-own": .int32(7), "failure-code": .text("FORGED")]
        )
        change(&properties)
        let delivery = try Delivery.made(routingKey: "order.create.v1", properties: properties, body: [1, 2, 3])
        let command = CommandReader(authenticator: FixedAuthenticator()).read(delivery).command
        let caller = Caller(tenant: "acme", clientID: "loadgen", subject: "s", scopes: ["orders:write"])
        let letter = DeadLetter(command, because: Refusal(.validationFailed, "No"), caller: caller)
        return DeadLetterMessage.make(delivery, letter, at: Timestamp(milliseconds: 0))
    }

    @Test func messageIsKeptButForItsToken() throws {
        let message = try message()
        #expect(message.body == [1, 2, 3])
        #expect(message.exchange.string == "orders.dlx")
        #expect(message.properties.headers["x-own"] == .int32(7))
        #expect(!message.properties.headers.contains("authorization"))
    }

    @Test func reasonIsOursAndCannotBeForged() throws {
        let headers = try message().properties.headers
        #expect(headers["failure-code"]?.text == "ORDER_VALIDATION_FAILED")
        #expect(headers.filter { $0.name == "failure-code" }.count == 1)
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
}
