internal import JSON
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    /// More letters are for several calls, each with its own count.
    private static let migrationLimit = 10_000
    /// Bytes of a mapping that the audit quotes.
    private static let shownMapping = 2000

    /// Makes a revision of each selected letter that a mapping changes, by the workers' rules.
    func migrate(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.edit, call, .migrate)
        var members = try await call.request.members()
        let selection = try LetterSelection(Members(members.node("selection"), "selection"))
        let mapping = try LetterMapping(sent: members.node("mapping"))
        let text =
            members.node("mapping").map { String(decoding: $0.text.prefix(Self.shownMapping), as: UTF8.self) } ?? ""
        let isDryRun = try members.bool("dryRun") ?? false
        let reason = isDryRun ? try members.text("reason") ?? "" : try members.reason()
        try members.finish()
        let ids = try await ids(of: selection, call)
        let entry = call.entry(
            .migrate,
            reason: reason,
            details: [
                AuditDetail("letters", "\(ids.count)"), AuditDetail("mapping", text),
                AuditDetail("dry-run", "\(isDryRun)"),
            ]
        )
        // The revisions have entries of their own; this one says what they were made by.
        _ = try await ask { () async throws(StoreError) in try await audit.append(entry) }
        var outcome = MigrationOutcome()
        for id in ids {
            let file = try await ask { () async throws(StoreError) in
                try await letters.show(id, within: call.reach)
            }
            guard let file, file.letter.entry.state == .kept else {
                outcome.skipped += 1
                continue
            }
            switch draft(mapping, of: file, reason) {
            case .refused(let refusal): outcome.refuse(id, refusal)
            case .unchanged: outcome.unchanged += 1
            case .changed(let draft):
                if isDryRun {
                    outcome.show(id, from: file.current.body, to: draft.message.body)
                } else {
                    try await revise(file.letter.entry, draft, call, &outcome)
                }
            }
        }
        return ConsoleAnswer(outcome.json)
    }

    private enum Draft {
        case refused(Refusal)
        case unchanged
        case changed(RevisionDraft)
    }

    private func draft(_ mapping: LetterMapping, of file: LetterFile, _ reason: String) -> Draft {
        let entry = file.letter.entry
        var message = file.current
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

    private func revise(
        _ letter: LetterEntry,
        _ draft: RevisionDraft,
        _ call: Call,
        _ outcome: inout MigrationOutcome
    ) async throws(Problem) {
        let note = call.entry(
            .revise,
            target: letter.id.description,
            tenant: letter.caller?.tenant,
            reason: draft.reason
        )
        let result = try await ask { () async throws(StoreError) in
            try await letters.revise(letter.id, draft, by: call.who, audit: note)
        }
        if case .made = result { outcome.changed += 1 } else { outcome.skipped += 1 }
    }

    private func ids(of selection: LetterSelection, _ call: Call) async throws(Problem) -> [LetterID] {
        var ids: [LetterID] = []
        switch selection {
        case .letters(let chosen):
            return chosen
        case .matching(var filter):
            if filter.states.isEmpty { filter.states = [.kept] }
            let wanted = filter
            var position: LetterPosition?
            repeat {
                let (from, limit) = (position, 1000)
                let page = try await ask { () async throws(StoreError) in
                    try await letters.list(wanted, within: call.reach, after: from, limit: limit)
                }
                ids += page.letters.map(\.id)
                position = page.next
            } while position != nil && ids.count <= Self.migrationLimit
        case .failed(let job):
            let known = try await ask { () async throws(StoreError) in
                try await jobs.job(job, within: call.reach)
            }
            guard known != nil else { throw .noSuchJob }
            ids = try await ask { () async throws(StoreError) in
                try await jobs.records(of: job, states: [.failed], after: 0, limit: Self.migrationLimit + 1)
            }.map(\.letter)
        }
        guard ids.count <= Self.migrationLimit else {
            throw .wrong(
                "selection",
                "meets more than \(Self.migrationLimit) letters; select fewer at a time"
            )
        }
        return ids
    }
}

/// What became of the letters of a migration.
private struct MigrationOutcome {
    var changed = 0
    var unchanged = 0
    var skipped = 0
    private var refusedCount = 0
    private var refused: [JSONValue] = []
    private var sample: [JSONValue] = []

    /// Counts a letter that would change, and shows the first few, without their values.
    mutating func show(_ id: LetterID, from old: [UInt8], to new: [UInt8]) {
        changed += 1
        guard sample.count < 3 else { return }
        sample.append([
            "id": .text(id.description),
            "before": .text(BodyShape.text(of: old)),
            "after": .text(BodyShape.text(of: new)),
        ])
    }

    mutating func refuse(_ id: LetterID, _ refusal: Refusal) {
        refusedCount += 1
        guard refused.count < 100 else { return }
        let rules = refusal.details.prefix(5).map { "\($0.field) \($0.message)" }.joined(separator: ", ")
        let reason = rules.isEmpty ? refusal.message : rules
        refused.append(["id": .text(id.description), "reason": .text(reason)])
    }

    var json: JSONValue {
        [
            "count": .number(changed),
            "unchanged": .number(unchanged),
            "skipped": .number(skipped),
            "refusedCount": .number(refusedCount),
            "refused": .array(refused),
            "sample": .array(sample),
        ]
    }
}

extension LetterMapping {
    /// Reads `{"rename":[path,name]}`, `{"default":[path,value]}` and `{"remove":path}`.
    fileprivate init(sent node: JSONNode?) throws(Problem) {
        guard let node, node.kind == .array, (1...100).contains(node.count) else { throw Self.wrong }
        var steps: [Step] = []
        for element in node.elements { steps.append(try Self.step(element)) }
        self.init(steps: steps)
    }

    private static let wrong = Problem.wrong(
        "mapping",
        "must be 1 to 100 steps: rename, default or remove, with paths"
    )

    private static func step(_ node: JSONNode) throws(Problem) -> Step {
        guard node.count == 1, let member = node.members.first(where: { _ in true }) else {
            throw wrong
        }
        let parts = Array(member.value.elements)
        switch (member.name.asString, parts.count) {
        case ("rename", 2):
            if let path = path(parts[0]), let name = parts[1].asString { return .rename(path, to: name) }
        case ("default", 2):
            if let path = path(parts[0]) { return .setDefault(path, json: Array(parts[1].text)) }
        case ("remove", 0):
            if let path = path(member.value) { return .remove(path) }
        default: break
        }
        throw wrong
    }

    private static func path(_ node: JSONNode) -> BodyPath? {
        node.asString.flatMap { BodyPath($0) }
    }
}
