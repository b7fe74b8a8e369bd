import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct ProvenanceTests {
    private static let marks: FieldTable = [
        "attempt": .int32(3), "first-failure-time": .text("2025-12-26T21:45:10.123Z"),
        "original-user-id": .text("gateway"), "original-expiration": .text("60000"),
    ]

    private func provenance(
        _ userID: ShortString?,
        headers: FieldTable = marks,
        isRedelivered: Bool = false,
        worker: ShortString = "worker"
    ) throws -> Provenance {
        var properties = MessageProperties(headers: headers)
        properties.userID = userID
        let delivery = Delivery(
            tag: try #require(DeliveryTag(epoch: 1, number: 1)),
            isRedelivered: isRedelivered,
            routingKey: "order.create.v1",
            properties: properties,
            body: []
        )
        return Provenance(of: delivery, worker: worker)
    }

    @Test func ourOwnNotesAreBelieved() throws {
        let provenance = try provenance("worker")
        #expect(provenance.history.attempt == 3)
        #expect(provenance.history.firstFailure == Timestamp(milliseconds: 1_766_785_510_123))
        #expect(provenance.publisher == "gateway")
        #expect(provenance.expiration == "60000")
    }

    @Test(arguments: [nil, "producer", "console", "gateway", "Worker", "worker2", ""] as [String?])
    func nobodyElsesAre(user: String?) throws {
        let provenance = try provenance(user.flatMap { ShortString($0) })
        #expect(provenance.history == .new)
        #expect(provenance.publisher?.string == user)
        #expect(provenance.expiration == nil)
    }

    @Test func emptyNameIsNobody() throws {
        #expect(try provenance("", worker: "").history == .new)
        #expect(try provenance(nil, worker: "").history == .new)
    }

    @Test(arguments: [
        (FieldValue.int32(0), 1), (.int64(-5), 1), (.int64(.max), 1000), (.uint64(.max), 1), (.text("3"), 1),
        (.bool(true), 1), (.void, 1), (.double(3), 1), (.int8(2), 2), (.table([:]), 1),
    ])
    func countThatCannotBeIsBounded(value: FieldValue, attempt: Int) throws {
        #expect(try provenance("worker", headers: ["attempt": value]).history.attempt == attempt)
    }

    @Test func timeThatCannotBeIsNone() throws {
        for value: FieldValue in [.text("yesterday"), .int64(0), .string([0xff]), .void] {
            #expect(try provenance("worker", headers: ["first-failure-time": value]).history.firstFailure == nil)
        }
    }

    @Test(arguments: [
        (FieldValue.int64(7), true, 7), (.int64(7), false, 0), (.int64(-7), true, 0), (.text("7"), true, 0),
        (.uint64(.max), true, 0), (.int64(.max), true, Int.max),
    ])
    func brokersCountIsTakenFromRedeliveriesAlone(value: FieldValue, isRedelivered: Bool, returns: Int) throws {
        let headers: FieldTable = ["x-delivery-count": value]
        for user: ShortString? in [nil, "worker"] {
            let provenance = try provenance(user, headers: headers, isRedelivered: isRedelivered)
            #expect(provenance.history.returns == returns)
        }
    }
}
