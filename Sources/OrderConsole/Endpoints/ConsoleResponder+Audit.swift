internal import JSON
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func listAudit(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .readAudit)
        var query = try QueryReader(call.request.query)
        var filter = AuditFilter()
        filter.target = try query.text("target")
        filter.clientID = try query.text("clientId")
        let actions = AuditAction.allCases.map(\.rawValue)
        filter.action = try query.parsed("action", SentForm.oneOf(actions)) { AuditAction(rawValue: $0) }
        let outcomes = AuditOutcome.allCases
        filter.outcome = try query.parsed("outcome", SentForm.oneOf(outcomes.map(\.name))) { name in
            outcomes.first { $0.name == name }
        }
        filter.from = try query.parsed("from", SentForm.time) { Timestamp(sent: $0) }
        filter.before = try query.parsed("before", SentForm.time) { Timestamp(sent: $0) }
        filter.beforeSequence = try query.parsed("cursor", SentForm.cursor) { Int64($0) }
        filter.limit = try query.limit(AuditFilter.limits, default: 100)
        try query.finish()
        let wanted = filter
        let records = try await ask { () async throws(StoreError) in
            try await audit.list(wanted, within: call.reach)
        }
        let next = records.count == wanted.limit ? records.last?.sequence : nil
        return ConsoleAnswer([
            "records": .array(records.map { JSONValue($0) }),
            "nextCursor": JSONValue(next),
        ])
    }

    func verifyAudit(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .readAudit)
        let (count, breach) = try await ask { () async throws(StoreError) in try await audit.verify() }
        return ConsoleAnswer([
            "count": .number(count),
            "breach": breach.map {
                [
                    "sequence": .number(Int(clamping: $0.sequence)),
                    "kind": .text($0.kind == .altered ? "altered" : "missing"),
                ]
            } ?? .null,
        ])
    }
}

extension JSONValue {
    fileprivate init(_ record: AuditRecord) {
        let entry = record.entry
        self = [
            "sequence": .number(Int(clamping: record.sequence)),
            "at": .text(entry.at.description),
            "clientId": .text(entry.actor.clientID),
            "subject": JSONValue(entry.actor.subject),
            "actorTenant": JSONValue(entry.actor.tenant),
            "action": .text(entry.action.rawValue),
            "target": JSONValue(entry.target),
            "tenant": JSONValue(entry.tenant),
            "reason": JSONValue(entry.reason),
            "details": .array(entry.details.map { ["name": .text($0.name), "value": .text($0.value)] }),
            "address": JSONValue(entry.address),
            "requestId": JSONValue(entry.requestID),
            "outcome": .text(entry.outcome.name),
            "hash": .text(Base64.encode(record.hash)),
        ]
    }
}
