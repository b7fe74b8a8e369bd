import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct ReplayMessageTests {
    private let caller = Caller(tenant: "acme", clientID: "loadgen", subject: "s", scopes: ["b", "a"])

    private func command(
        _ headers: [LetterHeader],
        from exchange: String = "orders.commands",
        as routingKey: String = "order.create.v1",
        _ reason: FailureReason = .refused,
        to destination: ReplayDestination = .origin
    ) -> ReplayCommand {
        let now = Timestamp(milliseconds: 1)
        var properties = LetterProperties()
        properties.messageID = Array("message-1".utf8)
        properties.correlationID = Array("old".utf8)
        properties.expiration = Array("1".utf8)
        properties.type = Array("order.create.v1".utf8)
        let failure = LetterFailure(
            reason: reason,
            code: "INTERNAL",
            message: "",
            firstFailedAt: now,
            lastFailedAt: now
        )
        let entry = LetterEntry(
            id: LetterID(bits: 7),
            groupID: GroupID(bits: 1),
            state: .replaying,
            command: "order.create.v1",
            failure: failure,
            origin: LetterOrigin(exchange: exchange, routingKey: routingKey, userID: "producer"),
            caller: caller,
            topic: LetterTopic(),
            arrivedAt: now,
            changedAt: now,
            arrivals: 1,
            repeatFailures: 0,
            revision: 0,
            job: nil,
            bodyByteCount: 2
        )
        let message = LetterMessage(body: Array("{}".utf8), properties: properties, headers: headers)
        return ReplayCommand(
            item: ReplayItem(entry: entry, message: message, earlierSends: 0),
            job: ReplayJobID(bits: 8),
            destination: destination,
            caller: caller,
            authorization: "Bearer operator"
        )
    }

    @Test func theCommandGoesOutInTheNameOfWhoSentIt() throws {
        let headers = [
            LetterHeader("idempotency-key", .text("key-1234567890")), LetterHeader("odd", .int8(1)),
            LetterHeader("failure-code", .text("INTERNAL")), LetterHeader("verified-tenant", .text("acme")),
            LetterHeader("x-death", .array([])), LetterHeader("On-Behalf-Of-Tenant", .text("forged")),
            LetterHeader("authorization", .text("Bearer old")), LetterHeader("attempt", .int8(3)),
        ]
        let message = try #require(
            ReplayMessage.make(command(headers), user: "console", replyTo: "replies", correlationID: "1")
        )
        #expect(message.exchange == "orders.commands")
        #expect(message.routingKey == "order.create.v1")
        #expect(message.isMandatory)
        #expect(message.properties.userID == "console")
        #expect(message.properties.replyTo == "replies")
        #expect(message.properties.correlationID == "1")
        #expect(message.properties.messageID == "message-1")
        #expect(message.properties.expiration == nil)
        let names = message.properties.headers.map(\.name.description)
        #expect(
            names == [
                "idempotency-key", "odd", "dead-letter-id", "replay-id", "authorization", "on-behalf-of-tenant",
                "on-behalf-of-client", "on-behalf-of-subject", "on-behalf-of-scopes",
            ]
        )
        #expect(message.properties.headers["authorization"]?.text == "Bearer operator")
        #expect(message.properties.headers["on-behalf-of-scopes"]?.text == "a b")
        #expect(message.properties.headers["dead-letter-id"]?.text == LetterID(bits: 7).description)
    }

    @Test func aQueueThatSomebodyChoseGetsNoToken() throws {
        let message = try #require(
            ReplayMessage.make(command([], to: .queue("parking")), user: "console", replyTo: "r", correlationID: "1")
        )
        #expect(message.exchange == "orders.redirect")
        #expect(message.routingKey == "parking")
        #expect(message.properties.headers["authorization"] == nil)
        #expect(message.properties.replyTo == nil)
        #expect(message.properties.correlationID == "old")
    }

    /// The broker ends the channel on an exchange that is not there, and with it what others have under way.
    @Test(arguments: ["amq.topic", "orders.events", "orders.dlx", "nowhere", ""])
    func onlyWhatCommandsComeThroughIsPublishedTo(_ exchange: String) {
        let command = command([], from: exchange)
        #expect(ReplayMessage.make(command, user: "console", replyTo: "r", correlationID: "1") == nil)
    }

    @Test func mistypedRoutingKeyDoesNotFailForEver() throws {
        func routingKey(_ command: ReplayCommand) throws -> ShortString {
            try #require(ReplayMessage.make(command, user: "console", replyTo: "r", correlationID: "1")).routingKey
        }
        #expect(try routingKey(command([], as: "order.craete.v1", .unrouted)) == "order.create.v1", "by its type")
        #expect(try routingKey(command([], as: "order.craete.v1", .refused)) == "order.craete.v1", "a queue took it")
    }

    @Test func nobodyIsSentACopy() throws {
        let headers = [LetterHeader("CC", .array([.text("order.create.v1")])), LetterHeader("BCC", .text("x"))]
        let message = try #require(
            ReplayMessage.make(command(headers), user: "console", replyTo: "r", correlationID: "1")
        )
        #expect(message.properties.headers["CC"] == nil)
        #expect(message.properties.headers["BCC"] == nil)
    }
}
