import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct SuspectIDTests {
    private static let headers: FieldTable = ["authorization": .text("Bearer a.b.c"), "request-id": .text("request-1")]

    private func id(
        tag: UInt64 = 1,
        headers: FieldTable = headers,
        messageID: ShortString? = "message-1",
        routingKey: ShortString = "order.create.v1",
        body: String = "{}"
    ) throws -> SuspectID {
        var properties = MessageProperties(headers: headers)
        properties.messageID = messageID
        return SuspectID(
            of: Delivery(
                tag: try #require(DeliveryTag(epoch: 1, number: tag)),
                isRedelivered: tag > 1,
                routingKey: routingKey,
                properties: properties,
                body: Array(body.utf8)
            )
        )
    }

    @Test func commandIsKnownWhenItComesAgain() throws {
        let again: FieldTable = [
            "x-delivery-count": .int64(7), "authorization": .text("Bearer a.b.c"), "request-id": .text("request-1"),
        ]
        #expect(try id(tag: 9, headers: again) == id())
    }

    @Test func neighboursAreTold() throws {
        let others = [
            try id(messageID: "message-2"), try id(messageID: nil), try id(routingKey: "order.cancel.v1"),
            try id(body: "{ }"), try id(headers: ["request-id": .text("request-1")]),
            try id(headers: ["authorization": .text("Bearer a.b.c"), "request-id": .text("request-2")]),
        ]
        #expect(Set(others + [try id()]).count == others.count + 1)
    }
}
