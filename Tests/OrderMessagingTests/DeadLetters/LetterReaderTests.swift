import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct LetterReaderTests {
    private let reader = LetterReader()
    private let caller = Caller(tenant: "acme", clientID: "loadgen", subject: "s", scopes: ["orders:write"])
    private let body = Array(#"{"customerId":"cust_9","idempotencyKey":"key-1234567890"}"#.utf8)

    private func delivery(
        _ headers: FieldTable,
        exchange: ShortString = "orders.dlx",
        user: ShortString? = nil,
        body: [UInt8]? = nil
    ) throws -> Delivery {
        var properties = MessageProperties(headers: headers, messageID: "message-1", type: "order.create.v1")
        properties.userID = user
        properties.timestamp = 1_766_785_510
        return Delivery(
            tag: try #require(DeliveryTag(epoch: 1, number: 1)),
            exchange: exchange,
            routingKey: "order.create.v1",
            properties: properties,
            body: body ?? self.body
        )
    }

    private func death(_ queue: String, _ reason: String) -> FieldValue {
        .array([
            .table([
                "count": .int64(50), "exchange": .text("orders.commands"), "queue": .text(queue),
                "reason": .text(reason), "routing-keys": .array([.text("order.create.v1")]),
                "time": .timestamp(1_766_785_511),
            ])
        ])
    }

    private var buried: FieldTable {
        [
            "idempotency-key": .text("key-1234567890"), "failure-code": .text("INTERNAL"),
            "failure-message": .text("The command could not be stored: 23514"),
            "failure-time": .text("2025-12-26T21:45:10.123Z"),
            "first-failure-time": .text("2025-12-26T21:39:00.000Z"), "attempts": .int32(4),
            "original-exchange": .text("orders.commands"), "original-routing-key": .text("order.create.v1"),
            "original-user-id": .text("producer"), "verified-tenant": .text("acme"),
            "verified-client": .text("loadgen"), "verified-subject": .text("s"),
            "verified-scopes": .text("orders:write"), "failure-release": .text("1.4.2"),
        ]
    }

    @Test func whatTheWorkerBuriedTellsWhyAndWhose() throws {
        let letter = reader.read(try delivery(buried), proven: nil)
        #expect(letter.failure.reason == .refused)
        #expect(letter.failure.code == "INTERNAL")
        #expect(letter.failure.attempts == 4)
        #expect(letter.failure.release == "1.4.2")
        #expect(letter.failure.lastFailedAt.description == "2025-12-26T21:45:10.123Z")
        #expect(letter.failure.firstFailedAt.description == "2025-12-26T21:39:00.000Z")
        #expect(letter.origin.userID == "producer")
        #expect(letter.caller == caller)
        #expect(letter.topic.customerID == "cust_9")
        let key = try #require(IdempotencyKey("key-1234567890"))
        #expect(letter.topic.orderID == OrderID(tenant: "acme", clientID: "loadgen", key: key))
        #expect(letter.replay == nil)
    }

    @Test func whatWaitedBeforeItWasBuriedIsBuried() throws {
        var headers = buried
        headers.append("x-death", death("orders.retry.5m", "expired"))
        #expect(reader.read(try delivery(headers), proven: nil).failure.code == "INTERNAL")
    }

    @Test(arguments: [
        ("delivery_limit", FailureReason.deliveryLimit, "DELIVERY_LIMIT"), ("expired", .expired, "EXPIRED"),
        ("maxlen", .queueFull, "QUEUE_FULL"), ("rejected", .rejected, "REJECTED"), ("odd", .unknown, "UNKNOWN"),
    ])
    func whatTheBrokerMovedTellsTheBrokersReason(word: String, reason: FailureReason, code: String) throws {
        // Whatever the sender claims.
        var headers = buried
        headers.append("x-death", death("orders.commands", word))
        headers.append("authorization", .text("Bearer secret"))
        let letter = reader.read(try delivery(headers, user: "producer"), proven: nil)
        #expect(letter.failure.reason == reason)
        #expect(letter.failure.code == code)
        #expect(letter.failure.attempts == 50)
        #expect(letter.failure.lastFailedAt == Timestamp(milliseconds: 1_766_785_511_000))
        #expect(letter.origin.userID == "producer")
        #expect(letter.caller == nil)
        #expect(reader.read(try delivery(headers, user: "producer"), proven: caller).caller == caller)
    }

    @Test func whatFitsNoQueueIsUnroutedWhateverItClaims() throws {
        let letter = reader.read(try delivery(buried, exchange: "orders.commands", user: "producer"), proven: nil)
        #expect(letter.failure.reason == .unrouted)
        #expect(letter.failure.lastFailedAt == .unknown)
        #expect(letter.caller == nil)
        #expect(letter.origin.exchange == "orders.commands")
    }

    @Test func theTokenIsNotKept() throws {
        var headers = buried
        headers.append("authorization", .text("Bearer secret"))
        headers.append("Authorization", .text("Bearer secret"))
        let letter = reader.read(try delivery(headers), proven: nil)
        #expect(!letter.message.headers.contains { $0.label.lowercased() == "authorization" })
        #expect(letter.message.headers.count == 14)
    }

    @Test func everyTypeComesBackAsItWas() throws {
        let headers: FieldTable = [
            "a": .bool(true), "b": .int8(-1), "c": .uint8(255), "d": .int16(.min), "e": .uint16(.max),
            "f": .int32(.min), "g": .uint32(.max), "h": .int64(.min), "i": .uint64(.max),
            "j": .float(Float(bitPattern: 0x7fc0_0001)), "k": .double(-0.0), "l": .decimal(scale: 2, value: 2550),
            "m": .timestamp(.max), "n": .string([0xff, 0]), "o": .bytes([0]), "p": .void,
            "q": .array([.int8(1), .array([.void])]), "r": .table(["s": .table(["t": .bool(false)])]),
            "a": .text("again"),
        ]
        let letter = reader.read(try delivery(headers), proven: nil)
        #expect(FieldTable(letter.message.headers) == headers)
    }

    @Test func onlyTheConsolesWordNamesALetterAndItsReplay() throws {
        let (id, job) = (LetterID(bits: 7), ReplayJobID(bits: 8))
        var headers = buried
        headers.append("dead-letter-id", .text("\(id)"))
        headers.append("replay-id", .text("\(job)"))
        let forged = reader.read(try delivery(headers), proven: nil)
        #expect(forged.id != id)
        #expect(forged.replay == nil)
        headers.append("x-death", death("orders.commands", "delivery_limit"))
        headers.append("on-behalf-of-tenant", .text("acme"))
        headers.append("on-behalf-of-client", .text("loadgen"))
        headers.append("on-behalf-of-subject", .text("s"))
        headers.append("on-behalf-of-scopes", .text("orders:write"))
        let back = reader.read(try delivery(headers, user: "console"), proven: nil)
        #expect(back.id == id)
        #expect(back.replay == job)
        #expect(back.caller == caller)
    }

    @Test func aSecondDeliveryHasTheSameID() throws {
        var again = buried
        again.append("x-delivery-count", .int64(1))
        let (first, second) = (try delivery(buried), try delivery(again))
        #expect(reader.read(first, proven: nil).id == reader.read(second, proven: nil).id)
    }

    @Test func hostileBodiesAreKeptAndSayNothing() throws {
        for body in [[], [0xff, 0xfe], Array("[[[[".utf8), Array(#"{"customerId":5}"#.utf8)] {
            let letter = reader.read(try delivery([:], body: body), proven: nil)
            #expect(letter.message.body == body)
            #expect(letter.topic.customerID == nil)
            #expect(letter.failure.reason == .unknown)
        }
    }
}
