internal import Orders

/// Orders and outbox as values: a transaction is a copy that is kept or dropped.
struct OrderTable: Sendable {
    struct Row: Sendable {
        let tenant: String
        let content: NewOrder
        let id: OrderID
        let createdAt: Timestamp
        var status = OrderStatus.pending
        var version: Int32 = 1
        var updatedAt: Timestamp
    }

    struct Staged: Sendable {
        let event: StagedEvent
        /// On the clock of the outbox.
        let stagedAt: Duration
    }

    var rows: [OrderID: Row] = [:]
    var outbox: [StagedEventKey: Staged] = [:]

    /// Does one command; what cannot be stored at all must have been sorted out before.
    mutating func apply(_ request: StoreRequest, at uptime: Duration, encoder: any EventEncoder) -> StoreResult {
        switch request.command {
        case .create(let order): create(order, request, at: uptime, encoder)
        case .cancel(let cancel): self.cancel(cancel, request, at: uptime, encoder)
        case .get(let get): self.get(get, request)
        case .list(let list): StoreResult(self.list(list, tenant: request.caller.tenant), orderID: nil)
        }
    }

    private mutating func create(
        _ order: NewOrder,
        _ request: StoreRequest,
        at uptime: Duration,
        _ encoder: any EventEncoder
    ) -> StoreResult {
        let id = OrderID(tenant: request.caller.tenant, clientID: request.caller.clientID, key: order.key)
        if let row = rows[id] {
            guard row.content.fingerprint == order.fingerprint else {
                return StoreResult(.refused(.keyReused), orderID: id)
            }
            return StoreResult(.created(CreatedOrder(id: id, createdAt: row.createdAt), isReplay: true), orderID: id)
        }
        let row = Row(
            tenant: request.caller.tenant,
            content: order,
            id: id,
            createdAt: request.now,
            updatedAt: request.now
        )
        rows[id] = row
        let event = stage(.created(order), row, request, at: uptime, encoder)
        return StoreResult(
            .created(CreatedOrder(id: id, createdAt: row.createdAt), isReplay: false),
            orderID: id,
            event: event
        )
    }

    private mutating func cancel(
        _ cancel: CancelOrder,
        _ request: StoreRequest,
        at uptime: Duration,
        _ encoder: any EventEncoder
    ) -> StoreResult {
        let id = cancel.orderID
        guard var row = rows[id], row.tenant.isSameName(as: request.caller.tenant) else {
            return StoreResult(.refused(.orderNotFound), orderID: id)
        }
        if let refusal = cancel.refusal(status: row.status, version: row.version) {
            return StoreResult(.refused(refusal), orderID: id)
        }
        if row.status == .cancelled {
            return StoreResult(.cancelled(CancelledOrder(row), isReplay: true), orderID: id)
        }
        row.status = .cancelled
        row.version += 1
        row.updatedAt = request.now
        rows[id] = row
        let event = stage(.cancelled(reason: cancel.reason), row, request, at: uptime, encoder)
        return StoreResult(.cancelled(CancelledOrder(row), isReplay: false), orderID: id, event: event)
    }

    private mutating func stage(
        _ kind: OrderEvent.Kind,
        _ row: Row,
        _ request: StoreRequest,
        at uptime: Duration,
        _ encoder: any EventEncoder
    ) -> StagedEvent {
        let event = OrderEvent(
            orderID: row.id,
            version: row.version,
            tenant: row.tenant,
            time: request.now,
            traceparent: request.traceparent,
            kind: kind
        )
        let staged = StagedEvent(
            orderID: row.id,
            version: row.version,
            id: event.id,
            type: event.type.rawValue,
            payload: encoder.encode(event),
            traceparent: request.traceparent,
            isBehindOlder: (1..<row.version).contains { version in
                outbox[StagedEventKey(orderID: row.id, version: version)] != nil
            }
        )
        outbox[staged.key] = Staged(event: staged, stagedAt: uptime)
        return staged
    }
}

// MARK: - Questions

extension OrderTable {
    private func get(_ get: GetOrder, _ request: StoreRequest) -> StoreResult {
        guard let row = rows[get.orderID], row.tenant.isSameName(as: request.caller.tenant) else {
            return StoreResult(.refused(.orderNotFound), orderID: get.orderID)
        }
        return StoreResult(.found(StoredOrder(row)), orderID: row.id)
    }

    private func list(_ list: ListOrders, tenant: String) -> CommandOutcome {
        let matching = rows.values.filter { row in
            row.tenant.isSameName(as: tenant)
                && (list.status == nil || list.status == row.status)
                && (list.customerID == nil || list.customerID == row.content.customerID)
                && (list.after.map { (row.createdAt, row.id) < ($0.createdAt, $0.orderID) } ?? true)
        }
        let newestFirst = matching.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        var (page, byteCount): ([Row], Int) = ([], 0)
        for row in newestFirst.prefix(list.limit) where byteCount < ListOrders.pageByteLimit {
            page.append(row)
            byteCount += row.content.items.count + (row.content.metadata?.count ?? 0)
        }
        let next = page.last.map { ListPosition(createdAt: $0.createdAt, orderID: $0.id) }
        return .listed(page.map(StoredOrder.init), next: newestFirst.count > page.count ? next : nil)
    }
}

extension StoredOrder {
    fileprivate init(_ row: OrderTable.Row) {
        self.init(
            id: row.id,
            status: row.status,
            version: row.version,
            createdAt: row.createdAt,
            updatedAt: row.updatedAt,
            customerID: row.content.customerID,
            items: row.content.items,
            currency: row.content.currency,
            total: row.content.total.text,
            metadata: row.content.metadata
        )
    }
}

extension CancelledOrder {
    fileprivate init(_ row: OrderTable.Row) {
        self.init(id: row.id, createdAt: row.createdAt, updatedAt: row.updatedAt, version: row.version)
    }
}
