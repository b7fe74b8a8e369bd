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
            let count = try await ask { () async throws(StoreError) in
                try await letters.count(selection, in: state, within: call.reach)
            }
            return Self.answer(count)
        }
        let entry = call.entry(action, reason: reason, details: selection.details)
        let changed = try await ask { () async throws(StoreError) in
            if action == .discard {
                try await letters.discard(selection, within: call.reach, audit: entry)
            } else {
                try await letters.restore(selection, within: call.reach, audit: entry)
            }
        }
        return Self.answer(changed)
    }

    private static func answer(_ count: ChangeCount) -> ConsoleAnswer {
        ConsoleAnswer(["count": .number(count.changed), "skipped": .number(count.skipped)])
    }
}
