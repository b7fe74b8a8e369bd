import AMQP
import OrderMessaging
import Orders
import Testing

@Suite struct CommandReaderTests {
    private let order = """
        {"idempotencyKey":"9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9","customerId":"cust_123",
         "items":[{"sku":"ABC-001","quantity":2,"unitPrice":"10.00"},{"sku":"XYZ-777","quantity":1,"unitPrice":"5.50"}],
         "totalAmount":{"currency":"USD","value":"25.50"},"metadata":{"sourceSystem":"order-orchestrator"}}
        """

    private func read(
        _ body: String,
        command: ShortString = "order.create.v1",
        headers: FieldTable = ["authorization": .text("Bearer good")],
        _ change: (inout MessageProperties) -> Void = { _ in },
        authenticator: FixedAuthenticator = FixedAuthenticator()
    ) throws -> IncomingCommand {
        var properties = MessageProperties(contentType: "application/json", headers: headers)
        change(&properties)
        let delivery = try Delivery.made(routingKey: command, properties: properties, body: Array(body.utf8))
        return CommandReader(authenticator: authenticator).read(delivery).command
    }

    /// Such a write went to the queue of reads, where it could expire unseen.
    @Test(arguments: ["order.get.v1", "order.get.v2", "order.list.v1", "order.list.zz"] as [ShortString])
    func aWriteUnderTheKeyOfAReadIsRefused(routingKey: ShortString) throws {
        let command = try read(order, command: routingKey) { $0.type = "order.create.v1" }
        #expect(refusal(command)?.code == .unsupportedCommand)
        #expect(try refusal(read(order, command: "order.create.v2") { $0.type = "order.create.v1" }) == nil)
    }

    private func refusal(_ command: IncomingCommand) -> Refusal? {
        if case .refused(let refusal, _) = command.reading { refusal } else { nil }
    }

    private func newOrder(_ command: IncomingCommand) throws -> NewOrder {
        guard case .accepted(.create(let order), _) = command.reading else {
            throw Refusal(.internalError, "not accepted: \(command.reading)")
        }
        return order
    }

    @Test func contractsExampleIsRead() throws {
        let command = try read(order) {
            $0.correlationID = ShortString(bytes: [0, 255, 7])
            $0.replyTo = "reply.me"
        }
        let order = try newOrder(command)
        #expect(order.key.text == "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9")
        #expect(
            String(decoding: order.items, as: UTF8.self)
                == #"[{"sku":"ABC-001","quantity":2,"unitPrice":"10.00"},{"sku":"XYZ-777","quantity":1,"unitPrice":"5.50"}]"#
        )
        #expect(command.context.correlationID == [0, 255, 7])
        #expect(command.context.replyTo == Array("reply.me".utf8))
    }

    @Test func spellingDoesNotChangeTheFingerprint() throws {
        let other = """
            { "metadata" : {"sourceSystem": "order\\u002dorchestrator"}, "totalAmount": {"value":"25.50","currency":"USD"},
              "unknown": [1, 2], "customerId": "cust_123",
              "items": [{"unitPrice":"10.00","quantity":2.0,"sku":"ABC-001"},{"sku":"XYZ-777","quantity":1e0,"unitPrice":"5.50"}],
              "idempotencyKey": "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9" }
            """
        #expect(try newOrder(read(order)).fingerprint == newOrder(read(other)).fingerprint)
    }

    @Test(arguments: [
        ("cust_123", "cust_124"), ("ABC-001", "ABC-002"), ("\"USD\"", "\"EUR\""), ("order-orchestrator", "x"),
    ])
    func contentChangesTheFingerprint(old: String, new: String) throws {
        let other = order.replacing(old, with: new)
        #expect(try newOrder(read(order)).fingerprint != newOrder(read(other)).fingerprint)
    }

    @Test func keyMayStandInTheHeader() throws {
        let body = order.replacing("\"idempotencyKey\":\"9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9\",", with: "")
        let headers: FieldTable = ["authorization": .text("Bearer good"), "idempotency-key": .text("header-key-1")]
        #expect(try newOrder(read(body, headers: headers)).key.text == "header-key-1")
        #expect(try refusal(read(body))?.code == .idempotencyKeyRequired)
        #expect(try refusal(read(order, headers: headers))?.details.map(\.field) == ["idempotencyKey"])
    }

    @Test(arguments: [
        "", " ", "[]", "null", "{", "{} x", "\u{feff}{}", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "nonsense",
    ])
    func whatIsNoObjectIsMalformed(body: String) throws {
        #expect(try refusal(read(body))?.code == .malformedMessage)
    }

    @Test func badUTF8IsMalformed() throws {
        let delivery = try Delivery.made(
            routingKey: "order.create.v1",
            properties: MessageProperties(headers: ["authorization": .text("Bearer good")]),
            body: Array("{\"customerId\":\"".utf8) + [0xff] + Array("\"}".utf8)
        )
        #expect(
            refusal(CommandReader(authenticator: FixedAuthenticator()).read(delivery).command)?.code
                == .malformedMessage
        )
    }

    @Test func otherContentIsMalformed() throws {
        #expect(try refusal(read(order) { $0.contentType = "text/xml" })?.code == .malformedMessage)
        #expect(try refusal(read(order) { $0.contentEncoding = "gzip" })?.code == .malformedMessage)
        _ = try newOrder(read(order) { $0.contentType = "Application/JSON; charset=utf-8" })
        _ = try newOrder(read(order) { $0.contentType = nil })
    }

    @Test func tooLargeBodyHasItsOwnCode() throws {
        let body = order.dropLast() + ",\"filler\":\"" + String(repeating: "x", count: 256 * 1024) + "\"}"
        #expect(try refusal(read(String(body)))?.code == .payloadTooLarge)
    }

    @Test func writeAmongTheQuestionsIsRefused() throws {
        let refused = try refusal(read(order, command: "order.get.v1") { $0.type = "order.create.v1" })
        #expect(refused?.code == .unsupportedCommand)
        #expect(refused?.message.contains("order.get.v1") == true)
    }

    @Test func typeNamesTheCommandAndElseTheRoutingKey() throws {
        #expect(try refusal(read(order, command: "order.create.v9"))?.code == .unsupportedCommand)
        _ = try newOrder(read(order, command: "order.create.v9") { $0.type = "order.create.v1" })
        #expect(try refusal(read(order) { $0.type = "order.explode.v1" })?.code == .unsupportedCommand)
        _ = try newOrder(read(order) { $0.type = "" })
    }

    @Test func tokenComesFirst() throws {
        #expect(try refusal(read("nonsense", headers: [:]))?.code == .unauthorized)
        #expect(try refusal(read("nonsense", headers: ["authorization": .int32(1)]))?.code == .invalidToken)
        let twice: FieldTable = ["authorization": .text("Bearer good"), "authorization": .text("Bearer good")]
        #expect(try refusal(read(order, headers: twice))?.code == .invalidToken)
    }

    @Test func scopeIsTheCommands() throws {
        let reader = FixedAuthenticator(scopes: ["orders:read"])
        #expect(try refusal(read(order, authenticator: reader))?.code == .insufficientScope)
        let writer = FixedAuthenticator(scopes: ["orders:write"])
        let get = #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv"}"#
        #expect(try refusal(read(get, command: "order.get.v1", authenticator: writer))?.code == .insufficientScope)
    }

    @Test func onlyTheAdaptersMessagesProveABinding() throws {
        let bound = FixedAuthenticator(requiresBinding: true)
        #expect(try refusal(read(order, authenticator: bound))?.code == .invalidToken)
        #expect(try refusal(read(order, { $0.userID = "producer" }, authenticator: bound))?.code == .invalidToken)
        _ = try newOrder(read(order, { $0.userID = "gateway" }, authenticator: bound))
    }

    /// It has waited, and came from the adapter at first.
    @Test func bindingStaysProvenWhileACommandWaits() throws {
        let bound = FixedAuthenticator(requiresBinding: true)
        let headers: FieldTable = ["authorization": .text("Bearer good"), "original-user-id": .text("gateway")]
        _ = try newOrder(read(order, headers: headers, { $0.userID = "worker" }, authenticator: bound))
        for user: ShortString? in [nil, "producer"] {
            let command = try read(order, headers: headers, { $0.userID = user }, authenticator: bound)
            #expect(refusal(command)?.code == .invalidToken)
        }
    }

    @Test func suspectIsReadOnlyAlone() throws {
        let delivery = Delivery(
            tag: try #require(DeliveryTag(epoch: 1, number: 1)),
            isRedelivered: true,
            routingKey: "order.create.v1",
            properties: MessageProperties(
                headers: ["authorization": .text("Bearer good"), "x-delivery-count": .int64(2)]
            ),
            body: Array(order.utf8)
        )
        let reader = CommandReader(authenticator: FixedAuthenticator())
        guard case .unread = reader.read(delivery).command.reading else {
            Issue.record("it was read among others")
            return
        }
        #expect(reader.read(delivery).command.history.returns == 2)
        _ = try newOrder(reader.read(delivery, isAlone: true).command)
        #expect(reader.sender(of: delivery)?.clientID == "loadgen")
    }

    @Test func senderIsNamedOnlyIfItsTokenProvesIt() throws {
        let reader = CommandReader(authenticator: FixedAuthenticator())
        for headers: FieldTable in [
            [:], ["authorization": .text("Bearer expired")], ["authorization": .int32(1)],
            ["authorization": .text("Bearer good"), "on-behalf-of-client": .text("somebody")],
        ] {
            let properties = MessageProperties(headers: headers)
            let delivery = try Delivery.made(routingKey: "order.create.v1", properties: properties, body: [])
            #expect(reader.sender(of: delivery) == nil)
        }
    }

    /// What is sent to wait must be whole.
    @Test func bodyThatWasNotKeptDoesNotWaitForKeys() throws {
        let delivery = Delivery(
            tag: try #require(DeliveryTag(epoch: 1, number: 1)),
            routingKey: "order.create.v1",
            properties: MessageProperties(headers: ["authorization": .text("Bearer good")]),
            body: [],
            bodyByteCount: 2 << 20
        )
        let (command, unknownKey) = CommandReader(authenticator: KeylessAuthenticator()).read(delivery)
        #expect(refusal(command)?.code == .payloadTooLarge)
        #expect(unknownKey == nil)
    }

    @Test func getByKeyIsTheCallersOwn() throws {
        let body = #"{"idempotencyKey":"9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9"}"#
        guard case .accepted(.get(let get), _) = try read(body, command: "order.get.v1").reading else {
            Issue.record("not accepted")
            return
        }
        #expect(get.orderID.description == "ord_546vf04tk1w38tdmn7erqn46zv")
    }

    @Test(arguments: [
        ("order.get.v1", "{}", "orderId"), ("order.get.v1", #"{"orderId":"x"}"#, "orderId"),
        ("order.get.v1", #"{"orderId":7}"#, "orderId"), ("order.get.v1", #"{"idempotencyKey":"x"}"#, "idempotencyKey"),
        ("order.cancel.v1", "{}", "orderId"),
        ("order.cancel.v1", #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv","reason":7}"#, "reason"),
        ("order.cancel.v1", #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv","expectedVersion":0}"#, "expectedVersion"),
        ("order.cancel.v1", #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv","expectedVersion":"1"}"#, "expectedVersion"),
        (
            "order.cancel.v1", #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv","expectedVersion":2147483648}"#,
            "expectedVersion"
        ),
        ("order.list.v1", #"{"limit":0}"#, "limit"), ("order.list.v1", #"{"limit":201}"#, "limit"),
        ("order.list.v1", #"{"limit":"5"}"#, "limit"), ("order.list.v1", #"{"status":"LOST"}"#, "status"),
        ("order.list.v1", #"{"customerId":""}"#, "customerId"), ("order.list.v1", #"{"cursor":"x"}"#, "cursor"),
    ])
    func otherCommandsNameTheirFields(command: String, body: String, field: String) throws {
        let refusal = try refusal(read(body, command: ShortString(stringLiteral: command)))
        #expect(refusal?.code == .validationFailed)
        #expect(refusal?.details.map(\.field) == [field])
    }

    @Test func requestIDIsTheSendersOnlyIfWellFormed() throws {
        func requestID(_ id: String) throws -> String {
            try read(order, headers: ["request-id": .text(id), "authorization": .text("Bearer good")]).context.requestID
        }
        #expect(try requestID("request-0001") == "request-0001")
        #expect(try requestID("bad id\n") != "bad id\n")
        #expect(try requestID("bad id\n").count == 26)
        #expect(try read(order) { $0.messageID = "message-0001" }.context.requestID == "message-0001")
    }

    @Test(arguments: [
        ("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", true),
        ("00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false),
        ("00-00000000000000000000000000000000-b7ad6b7169203331-01", false),
        ("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", false), ("", false),
    ])
    func traceparentIsCarriedIfWellFormed(text: String, isCarried: Bool) throws {
        let headers: FieldTable = ["traceparent": .text(text), "authorization": .text("Bearer good")]
        #expect(try read(order, headers: headers).context.traceparent == (isCarried ? text : nil))
    }
}

/// Takes `Bearer good`, and nothing else.
struct FixedAuthenticator: CallerAuthenticator {
    var scopes = ["orders:write", "orders:read"]
    var requiresBinding = false
    var clientID = "loadgen"
    var subject: String?

    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication {
        guard let authorization else { return .refused(Refusal(.unauthorized, "no token")) }
        guard authorization.elementsEqual("Bearer good".utf8), provenBinding || !requiresBinding else {
            return .refused(Refusal(.invalidToken, "bad token"))
        }
        return .caller(Caller(tenant: "acme", clientID: clientID, subject: subject, scopes: scopes))
    }

    func resolve(_ key: UnknownKey) async -> KeyResolution { .unavailable }
}

/// Has no keys.
struct KeylessAuthenticator: CallerAuthenticator {
    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication { .unknownKey(.any) }

    func resolve(_ key: UnknownKey) async -> KeyResolution { .unavailable }
}

extension Delivery {
    static func made(routingKey: ShortString, properties: MessageProperties, body: [UInt8]) throws -> Delivery {
        Delivery(
            tag: try #require(DeliveryTag(epoch: 1, number: 1)),
            exchange: "orders.commands",
            routingKey: routingKey,
            properties: properties,
            body: body
        )
    }
}
