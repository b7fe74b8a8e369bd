import AMQP
import OrderMessaging
import Orders
import Testing

/// Who may act in another's name, and who may not.
@Suite struct DelegationTests {
    private static let body = #"{"orderId":"ord_546vf04tk1w38tdmn7erqn46zv"}"#
    private static let headers: FieldTable = [
        "authorization": .text("Bearer good"), "on-behalf-of-tenant": .text("acme"),
        "on-behalf-of-client": .text("loadgen"), "on-behalf-of-subject": .text("s"),
        "on-behalf-of-scopes": .text("orders:write orders:read"), "replay-id": .text("rpl_1"),
        "dead-letter-id": .text("ltr_1"),
    ]
    private static let operatorToken = FixedAuthenticator(
        scopes: ["orders:dead:replay"],
        clientID: "operators",
        subject: "olga"
    )

    private func read(
        from user: ShortString? = "console",
        headers: FieldTable = headers,
        authenticator: FixedAuthenticator = operatorToken,
        console: ShortString = "console",
        operatingTenant: String? = nil,
        _ change: (inout MessageProperties) -> Void = { _ in }
    ) throws -> IncomingCommand.Reading {
        var properties = MessageProperties(headers: headers)
        properties.userID = user
        change(&properties)
        let delivery = try Delivery.made(
            routingKey: "order.get.v1",
            properties: properties,
            body: Array(Self.body.utf8)
        )
        let trust = PublisherTrust(console: console, operatingTenant: operatingTenant)
        return CommandReader(authenticator: authenticator, trust: trust).read(delivery).command.reading
    }

    private func refusal(_ reading: IncomingCommand.Reading) -> Refusal? {
        if case .refused(let refusal, _) = reading { refusal } else { nil }
    }

    private func replacing(_ name: ShortString, _ value: FieldValue?) -> FieldTable {
        var table = FieldTable()
        for entry in Self.headers where entry.name != name { table.append(entry.name, entry.value) }
        if let value { table.append(name, value) }
        return table
    }

    @Test func consoleActsForTheFirstSenderAndTheOperatorIsNamed() throws {
        guard case .accepted(_, let caller) = try read() else {
            Issue.record("not accepted")
            return
        }
        #expect(caller.tenant == "acme")
        #expect(caller.clientID == "loadgen")
        #expect(caller.subject == "s")
        #expect(caller.scopes == ["orders:write", "orders:read"])
        let replay = try #require(caller.replay)
        #expect(replay.operatorTenant == "acme")
        #expect(replay.operatorClient == "operators")
        #expect(replay.operatorSubject == "olga")
        #expect(replay.replayID == "rpl_1")
        #expect(replay.deadLetterID == "ltr_1")
    }

    @Test(arguments: [nil, "producer", "gateway", "worker", "Console", ""] as [String?])
    func nobodyElseMay(user: String?) throws {
        let reading = try read(from: user.flatMap { ShortString($0) })
        guard case .refused(let refusal, let caller) = reading else {
            Issue.record("not refused: \(reading)")
            return
        }
        #expect(refusal.code == .insufficientScope)
        #expect(refusal.code.status == 403)
        #expect(caller?.clientID == "operators", "the dead letter names who really sent it")
        #expect(caller?.replay == nil)
    }

    @Test func emptySettingIsNobody() throws {
        #expect(try refusal(read(from: "", console: ""))?.code == .insufficientScope)
        #expect(try refusal(read(from: nil, console: ""))?.code == .insufficientScope)
    }

    /// A producer with every scope still cannot, and neither can one who writes our own notes himself.
    @Test func forgedNotesDoNotHelp() throws {
        var headers = Self.headers
        headers.append("original-user-id", .text("console"))
        for user: ShortString? in [nil, "producer"] {
            #expect(try refusal(read(from: user, headers: headers))?.code == .insufficientScope)
        }
    }

    @Test func waitingDoesNotLoseTheConsolesAuthority() throws {
        var headers = Self.headers
        headers.append("original-user-id", .text("console"))
        guard case .accepted(_, let caller) = try read(from: "worker", headers: headers) else {
            Issue.record("not accepted")
            return
        }
        #expect(caller.clientID == "loadgen")
        #expect(try refusal(read(from: "worker"))?.code == .insufficientScope, "nobody vouched for the first sender")
    }

    @Test func operatorNeedsTheScope() throws {
        let other = FixedAuthenticator(scopes: ["orders:write", "orders:read", "orders:dead:read", "orders:dead:edit"])
        #expect(try refusal(read(authenticator: other))?.code == .insufficientScope)
    }

    @Test func operatorOfAnotherTenantMayNot() throws {
        let headers = replacing("on-behalf-of-tenant", .text("other"))
        #expect(try refusal(read(headers: headers))?.code == .insufficientScope)
    }

    @Test func operatorOfTheOperatingTenantMayForAll() throws {
        let headers = replacing("on-behalf-of-tenant", .text("other"))
        guard case .accepted(_, let caller) = try read(headers: headers, operatingTenant: "acme") else {
            Issue.record("not accepted")
            return
        }
        #expect(caller.tenant == "other")
        #expect(caller.replay?.operatorTenant == "acme")
        #expect(try refusal(read(headers: headers, operatingTenant: "other"))?.code == .insufficientScope)
        #expect(try refusal(read(headers: headers, operatingTenant: ""))?.code == .insufficientScope)
        let unscoped = FixedAuthenticator(scopes: ["orders:dead:read"])
        let refusal = try refusal(read(headers: headers, authenticator: unscoped, operatingTenant: "acme"))
        #expect(refusal?.code == .insufficientScope, "the tenant alone is not enough")
        #expect(try self.refusal(read(from: "producer", headers: headers, operatingTenant: "acme")) != nil)
    }

    /// Never by skipping the check: the gate refuses what has expired, and nothing is looked at behind it.
    @Test func expiredOrMissingTokenIsRefusedFirst() throws {
        let expired = replacing("authorization", .text("Bearer expired"))
        #expect(try refusal(read(headers: expired))?.code == .invalidToken)
        #expect(try refusal(read(headers: replacing("authorization", nil)))?.code == .unauthorized)
    }

    @Test func originalScopesCountAndNotTheOperators() throws {
        let everything = FixedAuthenticator(scopes: ["orders:dead:replay", "orders:read", "orders:write"])
        for value in [FieldValue.text("orders:write"), .text(""), nil] {
            let headers = replacing("on-behalf-of-scopes", value)
            #expect(try refusal(read(headers: headers, authenticator: everything))?.code == .insufficientScope)
        }
    }

    @Test(arguments: ["on-behalf-of-tenant", "on-behalf-of-client"])
    func nameMustBeThere(header: String) throws {
        let refusal = try refusal(read(headers: replacing(ShortString(stringLiteral: header), nil)))
        #expect(refusal?.code == .validationFailed)
        #expect(refusal?.details.map(\.field) == [header])
    }

    @Test(arguments: [
        "on-behalf-of-tenant", "on-behalf-of-client", "on-behalf-of-subject", "replay-id", "dead-letter-id",
    ])
    func valuesOfTheWrongKindAreRefused(header: String) throws {
        let long = FieldValue.text(String(repeating: "x", count: 256))
        for value: FieldValue in [
            .int32(1), .bool(true), .void, .table([:]), .array([]), .text(""), .text("a\nb"),
            .text("a\u{0}"), .string([0xff, 0xfe]), .bytes([0x61]), long,
        ] {
            let refusal = try refusal(read(headers: replacing(ShortString(stringLiteral: header), value)))
            #expect(refusal?.code == .validationFailed, "\(value)")
            #expect(refusal?.details.map(\.field) == [header])
        }
    }

    @Test func scopesOfTheWrongKindAreRefused() throws {
        for value: FieldValue in [.array([.text("orders:write")]), .int32(1), .string([0xff])] {
            let refusal = try refusal(read(headers: replacing("on-behalf-of-scopes", value)))
            #expect(refusal?.details.map(\.field) == ["on-behalf-of-scopes"])
        }
    }

    @Test func nameThatIsSentTwiceIsRefused() throws {
        var headers = Self.headers
        headers.append("on-behalf-of-client", .text("somebody-else"))
        #expect(try refusal(read(headers: headers))?.details.map(\.field) == ["on-behalf-of-client"])
    }

    @Test func anyHeaderOfTheFamilyIsNoticed() throws {
        let headers: FieldTable = ["authorization": .text("Bearer good"), "on-behalf-of-everybody": .int32(1)]
        #expect(try refusal(read(from: "producer", headers: headers))?.code == .insufficientScope)
    }

    @Test func consolesOwnCommandsAreItsOperators() throws {
        let headers: FieldTable = ["authorization": .text("Bearer good"), "replay-id": .text("rpl_1")]
        let reader = FixedAuthenticator(scopes: ["orders:read"], clientID: "operators")
        guard case .accepted(_, let caller) = try read(headers: headers, authenticator: reader) else {
            Issue.record("not accepted")
            return
        }
        #expect(caller.clientID == "operators")
        #expect(caller.replay == nil)
    }
}
