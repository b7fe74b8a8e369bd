import Orders

/// Commands as tests need them.
enum Requests {
    static let now = Timestamp(milliseconds: 1_766_785_510_123)

    static func create(
        _ key: String,
        tenant: String = "acme",
        customer: String = "cust_1",
        total: String = "25.50",
        content: UInt8 = 1,
        metadata: String? = #"{"a":1}"#,
        itemBytes: Int = 0,
        at now: Timestamp = now
    ) -> StoreRequest {
        guard let key = IdempotencyKey("key-\(key)-padded"), let amount = Amount(total) else {
            preconditionFailure("bad test data")
        }
        let order = NewOrder(
            key: key,
            customerID: customer,
            currency: "USD",
            total: amount,
            items: Array(#"[{"sku":"A\#(String(repeating: "A", count: itemBytes))","quantity":1}]"#.utf8),
            metadata: metadata.map { Array($0.utf8) },
            fingerprint: [UInt8](repeating: content, count: 32)
        )
        return request(.create(order), tenant: tenant, at: now)
    }

    static func id(_ key: String, tenant: String = "acme") -> OrderID {
        guard let key = IdempotencyKey("key-\(key)-padded") else { preconditionFailure("bad test data") }
        return OrderID(tenant: tenant, clientID: "client", key: key)
    }

    static func cancel(
        _ id: OrderID,
        reason: String? = nil,
        tenant: String = "acme",
        at now: Timestamp = now
    ) -> StoreRequest {
        request(.cancel(CancelOrder(orderID: id, reason: reason)), tenant: tenant, at: now)
    }

    static func get(_ id: OrderID, tenant: String = "acme") -> StoreRequest {
        request(.get(GetOrder(orderID: id)), tenant: tenant, at: now)
    }

    static func list(
        status: OrderStatus? = nil,
        customer: String? = nil,
        limit: Int = 50,
        after: ListPosition? = nil,
        tenant: String = "acme"
    ) -> StoreRequest {
        let list = ListOrders(status: status, customerID: customer, limit: limit, after: after)
        return request(.list(list), tenant: tenant, at: now)
    }

    private static func request(_ command: Command, tenant: String, at now: Timestamp) -> StoreRequest {
        StoreRequest(
            command: command,
            caller: Caller(tenant: tenant, clientID: "client", subject: nil, scopes: []),
            requestID: "req-00000001",
            traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            now: now
        )
    }
}

extension StoreResult {
    var refusal: ErrorCode? {
        if case .refused(let refusal) = outcome { refusal.code } else { nil }
    }

    var order: StoredOrder? {
        if case .found(let order) = outcome { order } else { nil }
    }

    var page: (orders: [StoredOrder], next: ListPosition?)? {
        if case .listed(let orders, let next) = outcome { (orders, next) } else { nil }
    }
}
