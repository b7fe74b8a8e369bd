internal import JSON
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    /// Letters that are read, and then changed, together.
    private static let migrationStep = 100
    /// Steps of one call; the rest is for the next one.
    private static let migrationSteps = 10
    /// Bytes of a mapping that the audit quotes.
    private static let shownMapping = 2000

    /// Makes a revision of each selected letter that a mapping changes, by the workers' rules: of the newest thousand, and
    /// says where the rest begins.
    func migrate(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.edit, call, .migrate)
        var members = try await call.request.members()
        let selection = try LetterSelection(Members(members.node("selection"), "selection"))
        let mapping = try LetterMapping(sent: members.node("mapping"))
        let text =
            members.node("mapping").map { String(decoding: $0.text.prefix(Self.shownMapping), as: UTF8.self) } ?? ""
        let isDryRun = try members.bool("dryRun") ?? false
        let reason = isDryRun ? try members.text("reason") ?? "" : try members.reason()
        let start = try members.text("cursor").map { cursor throws(Problem) in
            guard let position = LetterPosition(cursor) else {
                throw .wrong("cursor", SentForm.cursor)
            }
            return position
        }
        try members.finish()
        var outcome = MigrationOutcome()
        outcome.next = start
        if start == nil { outcome.skipped = try await settledCount(selection, call) }
        let entry = call.entry(
            .migrate,
            reason: reason,
            details: selection.details + [AuditDetail("mapping", text), AuditDetail("dry-run", "\(isDryRun)")]
        )
        // The revisions have entries of their own; this one says what they were made by.
        _ = try await ask { () async throws(StoreError) in try await audit.append(entry) }
        for _ in 0..<Self.migrationSteps {
            let position = outcome.next
            let page = try await ask { () async throws(StoreError) in
                try await letters.waiting(selection, within: call.reach, after: position, limit: Self.migrationStep)
            }
            try await migrate(page.letters, by: mapping, reason, isDryRun, call, &outcome)
            outcome.next = page.next
            if page.next == nil { break }
        }
        return ConsoleAnswer(outcome.json)
    }

    private func migrate(
        _ waiting: [WaitingLetter],
        by mapping: LetterMapping,
        _ reason: String,
        _ isDryRun: Bool,
        _ call: Call,
        _ outcome: inout MigrationOutcome
    ) async throws(Problem) {
        var requests: [RevisionRequest] = []
        for letter in waiting {
            let id = letter.entry.id
            switch draft(mapping, of: letter, reason) {
            case .refused(let refusal): outcome.refuse(id, refusal)
            case .unchanged: outcome.unchanged += 1
            case .changed(let draft) where isDryRun:
                outcome.show(id, from: letter.message.body, to: draft.message.body)
            case .changed(let draft):
                let tenant = letter.entry.caller?.tenant
                let note = call.entry(.revise, target: id.description, tenant: tenant, reason: reason)
                requests.append(RevisionRequest(letter: id, draft: draft, audit: note))
            }
        }
        guard !requests.isEmpty else { return }
        let all = requests
        let results = try await ask { () async throws(StoreError) in try await letters.revise(all, by: call.who) }
        for result in results {
            if case .made = result { outcome.changed += 1 } else { outcome.skipped += 1 }
        }
    }

    private enum Draft {
        case refused(Refusal)
        case unchanged
        case changed(RevisionDraft)
    }

    private func draft(_ mapping: LetterMapping, of letter: WaitingLetter, _ reason: String) -> Draft {
        let entry = letter.entry
        var message = letter.message
        do throws(Refusal) {
            let body = try mapper.apply(mapping, to: message.body)
            guard body != message.body else { return .unchanged }
            message = LetterMessage(body: body, properties: message.properties, headers: message.headers)
        } catch {
            return .refused(error)
        }
        if let refusal = checker.check(message, command: entry.command, caller: entry.caller) {
            return .refused(refusal)
        }
        return .changed(
            RevisionDraft(
                message: message,
                caller: nil,
                topic: checker.topic(of: message, command: entry.command, caller: entry.caller),
                reason: reason,
                basedOn: entry.revision
            )
        )
    }

    /// How many letters of a selection do not wait, where it may name such.
    private func settledCount(_ selection: LetterSelection, _ call: Call) async throws(Problem) -> Int {
        if case .matching = selection { return 0 }
        if case .failed(let job) = selection {
            let known = try await ask { () async throws(StoreError) in
                try await jobs.job(job, within: call.reach)
            }
            guard known != nil else { throw .noSuchJob }
        }
        let count = try await ask { () async throws(StoreError) in
            try await letters.count(selection, in: .kept, within: call.reach)
        }
        return count.skipped
    }
}
