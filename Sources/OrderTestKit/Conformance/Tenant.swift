internal import Orders

/// A tenant that nobody else uses, and its ways to a store.
struct Tenant: Sendable {
    let subject: StoreUnderTest
    let caller: Caller

    init(_ subject: StoreUnderTest) {
        self.subject = subject
        caller = Sample.caller(tenant: "tenant-\(UInt64.random(in: 0 ... .max))")
    }

    func orderID(_ key: String) -> OrderID {
        Sample.orderID(key, caller: caller)
    }

    func request(_ command: Command, atSecond second: Int64 = 0) -> StoreRequest {
        let moment = Timestamp(milliseconds: Sample.moment.milliseconds + second * 1000)
        return Sample.request(command, caller: caller, now: moment)
    }

    func cancel(_ key: String, reason: String? = nil, expecting version: Int32? = nil) -> Command {
        .cancel(CancelOrder(orderID: orderID(key), reason: reason, expectedVersion: version))
    }

    func get(_ key: String) -> Command {
        .get(GetOrder(orderID: orderID(key)))
    }

    /// Does the commands in one batch, and the batch again as long as another transaction stood in its way.
    @discardableResult
    func execute(
        _ commands: Command...,
        atSecond second: Int64 = 0,
        on store: (any OrderStore)? = nil
    ) async throws -> [StoreResult] {
        try await execute(commands.map { request($0, atSecond: second) }, on: store)
    }

    @discardableResult
    func execute(_ requests: [StoreRequest], on store: (any OrderStore)? = nil) async throws -> [StoreResult] {
        let store = store ?? subject.store
        for _ in 0..<100 {
            do {
                return try await store.execute(requests)
            } catch {
                guard error.kind == .contended else { throw error }
            }
        }
        return try await store.execute(requests)
    }

    func events(_ keys: String...) async throws -> [StagedEvent] {
        try await subject.outbox.scan(orders: keys.map(orderID), after: nil, limit: .test).events
    }

    func stored(_ key: String) async throws -> StoredOrder? {
        guard case .found(let order) = try await execute(get(key)).first?.outcome else { return nil }
        return order
    }
}

extension StoreResult {
    var createdOrder: CreatedOrder? {
        if case .created(let order, _) = outcome { order } else { nil }
    }

    var cancelledOrder: CancelledOrder? {
        if case .cancelled(let order, _) = outcome { order } else { nil }
    }

    var refusalCode: ErrorCode? {
        if case .refused(let refusal) = outcome { refusal.code } else { nil }
    }

    var page: (orders: [StoredOrder], next: ListPosition?)? {
        if case .listed(let orders, let next) = outcome { (orders, next) } else { nil }
    }
}

extension EventLimit {
    /// More than the suites ever stage.
    static let test = EventLimit(count: 10_000, bytes: .max)
}
