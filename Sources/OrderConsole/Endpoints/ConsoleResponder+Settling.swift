internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func discard(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await settle(call, .discard, from: .kept)
    }

    func restore(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await settle(call, .restore, from: .discarded)
    }

    private func settle(
        _ call: Call,
        _ action: AuditAction,
        from state: LetterState
    ) async throws(Problem) -> ConsoleAnswer {
        try await require(.discard, call, action)
        var members = try await call.request.members()
        let selection = try LetterSelection(Members(members.node("selection"), "selection"))
        let isDryRun = try members.bool("dryRun") ?? false
        let reason = isDryRun ? try members.text("reason") ?? "" : try members.reason()
        try members.finish()
        if isDryRun {
            let count = try await count(selection, in: state, call)
            return ConsoleAnswer(["count": .number(count), "skipped": .number(0)])
        }
        let entry = call.entry(action, reason: reason, details: [AuditDetail("selection", selection.summary)])
        let changed = try await ask { () async throws(StoreError) in
            if action == .discard {
                try await letters.discard(selection, within: call.reach, audit: entry)
            } else {
                try await letters.restore(selection, within: call.reach, audit: entry)
            }
        }
        return ConsoleAnswer(["count": .number(changed.changed), "skipped": .number(changed.skipped)])
    }

    private func count(
        _ selection: LetterSelection,
        in state: LetterState,
        _ call: Call
    ) async throws(Problem) -> Int {
        switch selection {
        case .matching(var filter):
            guard filter.states.isEmpty || filter.states.contains(state) else { return 0 }
            filter.states = [state]
            let wanted = filter
            return try await ask { () async throws(StoreError) in
                try await letters.count(wanted, within: call.reach, cap: 1_000_000)
            }.count
        case .letters(let ids):
            var count = 0
            for id in ids {
                let file = try await ask { () async throws(StoreError) in
                    try await letters.show(id, within: call.reach)
                }
                if file?.letter.entry.state == state { count += 1 }
            }
            return count
        case .failed:
            return try await ask { () async throws(StoreError) in
                try await jobs.preview(selection, within: call.reach, sample: 1)
            }.count
        }
    }
}

extension LetterSelection {
    /// A few words for the audit.
    fileprivate var summary: String {
        switch self {
        case .letters(let ids):
            ids.prefix(20).map(\.description).joined(separator: " ")
                + (ids.count > 20 ? " and \(ids.count - 20) more" : "")
        case .matching(let filter): filter.group?.description ?? "a filter"
        case .failed(let job): "failed in \(job)"
        }
    }
}
