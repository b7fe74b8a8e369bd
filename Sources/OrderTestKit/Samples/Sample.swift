package import Orders

/// Good values for tests to start from.
package enum Sample {
    package static let moment = Timestamp(milliseconds: 1_766_785_510_123)

    /// Who may do everything.
    package static func caller(
        tenant: String = "acme",
        clientID: String = "loadgen",
        scopes: [String] = [Scope.ordersRead.rawValue, Scope.ordersWrite.rawValue]
    ) -> Caller {
        Caller(
            tenant: tenant,
            clientID: clientID,
            subject: "subject of \(clientID)",
            scopes: scopes
        )
    }

    /// An order whose fingerprint depends on its customer and total alone.
    ///
    /// - Parameter key: visible ASCII; filled with dots where it is too short for a key.
    package static func order(key: String, customerID: String = "cust_123", total: String = "25.50") -> NewOrder {
        NewOrder(
            key: self.key(key),
            customerID: customerID,
            currency: "USD",
            total: amount(total),
            items: Array(#"[{"sku":"ABC-001","quantity":2},{"sku":"XYZ-777","quantity":1}]"#.utf8),
            metadata: Array(#"{"sourceSystem":"order-orchestrator"}"#.utf8),
            fingerprint: fingerprint(of: "\(customerID) \(total)")
        )
    }

    package static func create(_ key: String, customerID: String = "cust_123", total: String = "25.50") -> Command {
        .create(order(key: key, customerID: customerID, total: total))
    }

    /// The id under which the caller's order with this key is stored.
    package static func orderID(_ key: String, caller: Caller = caller()) -> OrderID {
        OrderID(tenant: caller.tenant, clientID: caller.clientID, key: self.key(key))
    }

    package static func request(
        _ command: Command,
        caller: Caller = caller(),
        now: Timestamp = moment
    ) -> StoreRequest {
        StoreRequest(
            command: command,
            caller: caller,
            requestID: "request-1",
            traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            now: now
        )
    }

    package static func context(
        _ requestID: String,
        command: CommandName = .create,
        wantsReply: Bool = true
    ) -> CommandContext {
        CommandContext(
            command: command.rawValue,
            requestID: requestID,
            replyTo: wantsReply ? Array("replies".utf8) : nil,
            correlationID: Array(requestID.utf8),
            traceparent: nil,
            tracestate: nil,
            sentAt: nil
        )
    }

    package static func event(
        _ key: String,
        version: Int32 = 1,
        isBehindOlder: Bool = false,
        payloadBytes: Int = 0
    ) -> StagedEvent {
        let id = orderID(key)
        return StagedEvent(
            orderID: id,
            version: version,
            id: EventID(orderID: id, version: version),
            type: version == 1 ? EventType.created.rawValue : EventType.cancelled.rawValue,
            payload: Array("\(key) \(version)".utf8) + Array(repeating: UInt8(ascii: "."), count: payloadBytes),
            traceparent: nil,
            isBehindOlder: isBehindOlder
        )
    }

    private static func key(_ text: String) -> IdempotencyKey {
        let padding = String(repeating: ".", count: max(0, IdempotencyKey.lengths.lowerBound - text.utf8.count))
        guard let key = IdempotencyKey(text + padding) else { preconditionFailure("\(text) is no key for a sample") }
        return key
    }

    private static func amount(_ text: String) -> Amount {
        guard let amount = Amount(text) else { preconditionFailure("\(text) is no amount for a sample") }
        return amount
    }

    private static func fingerprint(of text: String) -> [UInt8] {
        let id = OrderID(tenant: "fingerprint", clientID: text, key: key("fingerprint"))
        return id.bytes + id.bytes
    }
}
