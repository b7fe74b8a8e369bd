internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func statistics(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try QueryReader(call.request.query).finish()
        try await require(.read, call, .list)
        var all: [LetterGroup] = []
        var filter = GroupFilter(limit: GroupFilter.limits.upperBound)
        repeat {
            let page = try await groups(filter, call)
            all += page
            filter.after = page.count == filter.limit ? page.last?.position : nil
        } while filter.after != nil
        return ConsoleAnswer(JSONValue(sumOf: all, at: call.now))
    }

    func listGroups(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list)
        var query = try QueryReader(call.request.query)
        var filter = GroupFilter()
        filter.command = try query.text("command")
        filter.code = try query.text("code")
        filter.reason = try query.parsed("reason", SentForm.reasons) { FailureReason(name: $0) }
        filter.tenant = try query.text("tenant")
        filter.isOnHold = try query.parsed("onHold", SentForm.flag) { Bool(sent: $0) }
        filter.state = try query.parsed("state", SentForm.oneOf(LetterState.allCases.map(\.name))) {
            LetterState(name: $0)
        }
        filter.text = try query.parsed("text", SentForm.text) { $0.count <= LetterFilter.textLimit ? $0 : nil }
        filter.limit = try query.limit(GroupFilter.limits, default: 200)
        filter.after = try query.parsed("cursor", SentForm.cursor) { GroupPosition($0) }
        try query.finish()
        let page = try await groups(filter, call)
        let next = page.count == filter.limit ? page.last?.position.description : nil
        return ConsoleAnswer([
            "groups": .array(page.map { JSONValue($0) }), "nextCursor": JSONValue(next),
            "unseen": .number(try await unseenCount(call)),
        ])
    }

    /// How many letters wait that the caller does not see because no token proved whose they are; only their number, or
    /// whoever has drained the own tenant's takes all for done.
    private func unseenCount(_ call: Call) async throws(Problem) -> Int {
        guard call.reach != .all else { return 0 }
        return try await ask { () async throws(StoreError) in
            try await letters.statistics(at: call.now).keptWithoutTenant
        }
    }

    func showGroup(_ call: Call, _ id: GroupID) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list, target: id.description)
        return ConsoleAnswer(JSONValue(try await group(id, call)))
    }

    func annotate(_ call: Call, _ id: GroupID) async throws(Problem) -> ConsoleAnswer {
        try await require(.edit, call, .annotate, target: id.description)
        var members = try await call.request.members()
        var note = GroupNoteChange()
        note.text = try members.change("text")
        note.owner = try members.change("owner")
        note.ticket = try members.change("ticketUrl")
        note.isOnHold = try members.bool("isOnHold")
        try members.finish()
        guard !note.isEmpty else { throw .wrong("text", "or owner, ticketUrl or isOnHold must be given") }
        guard note.text?.count ?? 0 <= GroupNote.textLimit else { throw .wrong("text", "is too long") }
        guard max(note.owner?.count ?? 0, note.ticket?.count ?? 0) <= GroupNote.nameLimit else {
            throw .wrong("owner", "and ticketUrl have at most \(GroupNote.nameLimit) characters")
        }
        var entry = call.entry(.annotate, target: id.description, details: note.details)
        guard let group = try await groups(GroupFilter(id: id), call).first else {
            throw await refusal(of: entry, .noSuchGroup)
        }
        entry.tenant = group.tenant
        let (new, record) = (note, entry)
        let isThere = try await ask { () async throws(StoreError) in
            try await letters.annotate(id, new, by: call.who, audit: record)
        }
        guard isThere else { throw await refusal(of: entry, .noSuchGroup) }
        return ConsoleAnswer(JSONValue(try await self.group(id, call)))
    }

    private func group(_ id: GroupID, _ call: Call) async throws(Problem) -> LetterGroup {
        guard let group = try await groups(GroupFilter(id: id), call).first else { throw .noSuchGroup }
        return group
    }

    func groups(_ filter: GroupFilter, _ call: Call) async throws(Problem) -> [LetterGroup] {
        try await ask { () async throws(StoreError) in
            try await letters.groups(filter, within: call.reach, at: call.now)
        }
    }
}

extension GroupNoteChange {
    /// What the audit is to say of it: whether somebody held or let go is what others ask about.
    fileprivate var details: [AuditDetail] {
        let texts = [("text", text), ("owner", owner), ("ticketUrl", ticket)].filter { $0.1 != nil }.map(\.0)
        return (texts.isEmpty ? [] : [AuditDetail("changed", texts.joined(separator: " "))])
            + (isOnHold.map { [AuditDetail("on-hold", "\($0)")] } ?? [])
    }
}

extension JSONValue {
    init(_ group: LetterGroup) {
        let note: JSONValue = [
            "text": JSONValue(group.note.text),
            "owner": JSONValue(group.note.owner),
            "ticketUrl": JSONValue(group.note.ticket),
            "isOnHold": .bool(group.note.isOnHold),
            "updatedBy": JSONValue(group.notedBy),
            "updatedAt": JSONValue(group.notedAt),
        ]
        self = [
            "id": .text(group.id.description),
            "tenant": JSONValue(group.tenant),
            "command": .text(group.command),
            "reason": .text(group.reason.name),
            "code": .text(group.code),
            "message": .text(group.pattern),
            "count": .number(group.total),
            "kept": .number(group.count(.kept)),
            "replaying": .number(group.count(.replaying)),
            "replayed": .number(group.count(.replayed)),
            "discarded": .number(group.count(.discarded)),
            "repeatFailures": .number(group.repeatFailures),
            "firstSeen": .text(group.firstSeenAt.description),
            "lastSeen": .text(group.lastSeenAt.description),
            "oldestKeptAt": JSONValue(group.oldestKeptAt),
            "inflow": .array(group.inflow.map(JSONValue.number)),
            "note": note,
        ]
    }

    /// The figures of what somebody may see.
    fileprivate init(sumOf groups: [LetterGroup], at now: Timestamp) {
        func count(_ state: LetterState) -> JSONValue { .number(groups.reduce(0) { $0 + $1.count(state) }) }
        var inflow: [Int] = []
        for group in groups {
            if inflow.count < group.inflow.count {
                inflow += Array(repeating: 0, count: group.inflow.count - inflow.count)
            }
            for (hour, arrivals) in group.inflow.enumerated() { inflow[hour] += arrivals }
        }
        var reasons: [String: Int] = [:]
        for group in groups { reasons[group.code, default: 0] += group.count(.kept) }
        let oldest = groups.compactMap(\.oldestKeptAt).min()
        let sorted = reasons.filter { $0.value > 0 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        self = [
            "total": .number(groups.reduce(0) { $0 + $1.total }),
            "kept": count(.kept),
            "replaying": count(.replaying),
            "replayed": count(.replayed),
            "discarded": count(.discarded),
            "repeatFailures": .number(groups.reduce(0) { $0 + $1.repeatFailures }),
            "oldestAgeSeconds": JSONValue(oldest.map { Int(max(0, now.milliseconds - $0.milliseconds) / 1000) }),
            "reasons": .array(sorted.map { ["code": .text($0.key), "count": .number($0.value)] }),
            "inflow": .array(inflow.map(JSONValue.number)),
        ]
    }
}
