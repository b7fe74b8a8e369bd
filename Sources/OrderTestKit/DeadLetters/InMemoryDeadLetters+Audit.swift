package import Orders

extension InMemoryDeadLetters: AuditLog {
    @discardableResult
    package func append(_ entry: AuditEntry) async throws(StoreError) -> AuditRecord {
        try change { $0.append(entry) }
    }

    package func list(
        _ filter: AuditFilter,
        within reach: TenantReach
    ) async throws(StoreError) -> [AuditRecord] {
        try change { state in
            let found = state.audit.reversed().filter { record in
                let entry = record.entry
                return (reach == .all || reach.includes(entry.tenant) || reach.includes(entry.actor.tenant))
                    && (filter.target == nil || filter.target == entry.target)
                    && (filter.clientID == nil || filter.clientID == entry.actor.clientID)
                    && (filter.action == nil || filter.action == entry.action)
                    && (filter.outcome == nil || filter.outcome == entry.outcome)
                    && (filter.from.map { entry.at >= $0 } ?? true)
                    && (filter.before.map { entry.at < $0 } ?? true)
                    && (filter.beforeSequence.map { record.sequence < $0 } ?? true)
            }
            return Array(found.prefix(filter.limit))
        }
    }

    package func records(after sequence: Int64, limit: Int) async throws(StoreError) -> [AuditRecord] {
        try change { state in Array(state.audit.filter { $0.sequence > sequence }.prefix(limit)) }
    }

    package func ends() async throws(StoreError) -> AuditEnds {
        try change { state in AuditEnds(anchor: state.anchor, head: state.audit.last?.link ?? state.anchor) }
    }

    package func retire(before: Timestamp, limit: Int) async throws(StoreError) -> Int {
        try change { state in
            let due = state.audit.prefix { $0.entry.at < before }.prefix(limit)
            if let last = due.last { state.anchor = last.link }
            state.audit.removeFirst(due.count)
            return due.count
        }
    }
}
