internal import HTTPTypes
internal import JSON
internal import OrderHTTP
internal import Orders

extension ConsoleResponder {
    func orderReplay(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.replay, call, .orderReplay)
        var members = try await call.request.members()
        let selection = try LetterSelection(Members(members.node("selection"), "selection"))
        let isDryRun = try members.bool("dryRun") ?? false
        let id = try members.text("id")
        let rate = try members.number("ratePerSecond", in: ReplayPlan.rates) ?? 50
        let ladder = try members.node("canary").map { node throws(Problem) in try ReplayLadder(sent: node) }
        let share = try members.number("stopAbove", in: 0...1) ?? StopRule().share
        let queue = try members.text("redirectTo")
        let reason = isDryRun ? try members.text("reason") ?? "" : try members.reason()
        try members.finish()
        guard (1...255).contains(queue?.utf8.count ?? 1) else { throw .wrong("redirectTo", "must be a queue's name") }
        let chosen = id.flatMap { ReplayJobID($0) }
        guard id == nil || chosen != nil else { throw .wrong("id", "must be a replay's id") }
        if isDryRun { return try await preview(selection, call) }
        let plan = ReplayPlan(
            id: chosen ?? .random(),
            selection: selection,
            reason: reason,
            rate: rate,
            ladder: ladder ?? ReplayLadder(first: ReplayLadder.limits.upperBound, factor: 1),
            stopRule: StopRule(share: share),
            destination: queue.map { .queue($0) } ?? .origin,
            orderedBy: call.who,
            orderedAt: call.now
        )
        return try await order(plan, call)
    }

    private func preview(_ selection: LetterSelection, _ call: Call) async throws(Problem) -> ConsoleAnswer {
        let preview = try await ask { () async throws(StoreError) in
            try await jobs.preview(selection, within: call.reach, sample: 20)
        }
        let count = AuditDetail("count", "\(preview.count)")
        await note(call.entry(.previewReplay, details: selection.details + [count]))
        return ConsoleAnswer([
            "count": .number(preview.count),
            "skipped": .number(preview.leftOut.total),
            "leftOut": JSONValue(preview.leftOut),
            "withoutCaller": .number(preview.withoutCaller),
            "tenants": .array(
                preview.tenants.map { ["tenant": .text($0.tenant), "count": .number($0.count)] }
            ),
            "sample": .array(preview.sample.map { JSONValue($0) }),
        ])
    }

    private func order(_ plan: ReplayPlan, _ call: Call) async throws(Problem) -> ConsoleAnswer {
        let entry = call.entry(
            .orderReplay,
            target: plan.id.description,
            tenant: call.who.tenant,
            reason: plan.reason,
            details: plan.selection.details + plan.details
        )
        let why: String
        switch try await ask({ () async throws(StoreError) in try await jobs.create(plan, audit: entry) }) {
        case .accepted(let job) where !job.isOrder(of: call.who):
            why = "This id belongs to a replay that somebody else has ordered"
        case .accepted(let job):
            // Not before: the id may be another's replay. A runner that was faster looks again.
            authority.lend(call.identity, to: job.id)
            return ConsoleAnswer(JSONValue(job), status: .created)
        case .conflict: why = "This id belongs to another replay"
        case .nothing: why = "There is nothing to send: \(try await emptiness(plan.selection, call))"
        }
        await note(entry.refused(why))
        throw .conflict(why)
    }

    /// Why no letter of a selection can be sent.
    private func emptiness(_ selection: LetterSelection, _ call: Call) async throws(Problem) -> String {
        let preview = try await ask { () async throws(StoreError) in
            try await jobs.preview(selection, within: call.reach, sample: 0)
        }
        // Since the order, something may have come free.
        return preview.leftOut.total > 0 ? preview.leftOut.words : "no letter fits that waits"
    }

    func listReplays(_ call: Call) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list)
        var query = try QueryReader(call.request.query)
        let states = SentForm.oneOf(ReplayJobState.allCases.map(\.name))
        let state = try query.parsed("state", states) { ReplayJobState(name: $0) }
        let limit = try query.limit(1...1000, default: 100)
        let position = try query.parsed("cursor", SentForm.cursor) { ReplayJobPosition($0) }
        try query.finish()
        let found = try await ask { () async throws(StoreError) in
            try await jobs.jobs(in: state, within: call.reach, after: position, limit: limit)
        }
        let next = found.count == limit ? found.last?.listPosition.description : nil
        return ConsoleAnswer([
            "replays": .array(found.map { JSONValue($0) }),
            "nextCursor": JSONValue(next),
        ])
    }

    func showReplay(_ call: Call, _ id: ReplayJobID) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list, target: id.description)
        return ConsoleAnswer(JSONValue(try await job(id, call)))
    }

    func listRecords(_ call: Call, _ id: ReplayJobID) async throws(Problem) -> ConsoleAnswer {
        try await require(.read, call, .list, target: id.description)
        var query = try QueryReader(call.request.query)
        let outcomes = SentForm.oneOf(ReplayRecord.State.labels.map(\.1))
        let state = try query.parsed("outcome", outcomes) { ReplayRecord.State(label: $0) }
        let limit = try query.limit(1...1000, default: 100)
        let position =
            try query.parsed("cursor", SentForm.cursor) { text in
                Int(text).flatMap { (0...Int(Int32.max)).contains($0) ? $0 : nil }
            } ?? 0
        try query.finish()
        _ = try await job(id, call)
        let states = Set([state].compactMap(\.self))
        let records = try await ask { () async throws(StoreError) in
            try await jobs.records(of: id, states: states, after: position, limit: limit)
        }
        let next = records.count == limit ? records.last?.position : nil
        return ConsoleAnswer([
            "messages": .array(records.map { JSONValue($0) }),
            "nextCursor": JSONValue(next.map(String.init)),
        ])
    }

    func control(_ call: Call, _ id: ReplayJobID, _ control: ReplayControl) async throws(Problem) -> ConsoleAnswer {
        let action = AuditAction(control)
        try await require(.replay, call, action, target: id.description)
        var members = try await call.request.members()
        let reason = try members.text("reason")
        try members.finish()
        let known = try await ask { () async throws(StoreError) in try await jobs.job(id, within: call.reach) }
        let entry = call.entry(action, target: id.description, tenant: known?.orderedBy.tenant, reason: reason)
        let job = try await ask { () async throws(StoreError) in
            try await jobs.control(id, control, within: call.reach, audit: entry)
        }
        guard let job else {
            await note(entry.refused(Problem.noSuchJob.message))
            throw .noSuchJob
        }
        guard job.state == control.state else {
            throw .conflict("The replay is \(job.state.name): it cannot \(control.rawValue)")
        }
        switch control {
        // Not before: it may be another's replay.
        case .resume: authority.lend(call.identity, to: id)
        case .cancel: authority.takeBack(from: id)
        case .pause: break
        }
        return ConsoleAnswer(JSONValue(job))
    }

    private func job(_ id: ReplayJobID, _ call: Call) async throws(Problem) -> ReplayJob {
        let job = try await ask { () async throws(StoreError) in try await jobs.job(id, within: call.reach) }
        guard let job else { throw .noSuchJob }
        return job
    }
}

extension ReplayLadder {
    /// Reads the sizes of the first steps.
    fileprivate init(sent node: JSONNode) throws(Problem) {
        let sizes = node.elements.compactMap { $0.asInt64.flatMap { Int(exactly: $0) } }
        guard node.kind == .array, sizes.count == node.count, let ladder = ReplayLadder(sizes: sizes) else {
            let (count, limits) = (Self.stepLimit, Self.limits)
            throw .wrong(
                "canary",
                "must be 1 to \(count) sizes of \(limits.lowerBound) to \(limits.upperBound), none smaller than the one "
                    + "before"
            )
        }
        self = ladder
    }
}

extension JSONValue {
    init(_ job: ReplayJob) {
        self = [
            "id": .text(job.id.description),
            "state": .text(job.state.name),
            "reason": .text(job.reason),
            "createdBy": .text(job.orderedBy.name),
            "createdAt": .text(job.orderedAt.description),
            "changedAt": .text(job.changedAt.description),
            "ratePerSecond": .decimal(job.rate),
            "stopAbove": .decimal(job.stopRule.share),
            "redirectTo": job.destination.queue.map(JSONValue.text) ?? .null,
            "counts": JSONValue(job.counts),
            "step": .number(job.step),
            "steps": .number(Self.steps(of: job)),
            "stepCounts": JSONValue(job.stepCounts),
            "remark": JSONValue(job.remark),
        ]
    }

    /// `sent` are those without a result yet.
    init(_ counts: ReplayCounts) {
        self = [
            "waiting": .number(counts.waiting),
            "sent": .number(counts.taken),
            "succeeded": .number(counts.succeeded),
            "failed": .number(counts.failed),
            "skipped": .number(counts.released),
            "unknown": .number(0),
            "total": .number(counts.total),
        ]
    }

    private static func steps(of job: ReplayJob) -> Int {
        var (steps, rest) = (0, job.counts.total)
        while rest > 0, steps < 100_000 {
            rest -= job.ladder.size(ofStep: steps)
            steps += 1
        }
        return max(steps, job.step + 1)
    }
}

extension JSONValue {
    fileprivate init(_ leftOut: ReplayPreview.LeftOut) {
        self = [
            "onHold": .number(leftOut.onHold),
            "inReplay": .number(leftOut.replaying),
            "settled": .number(leftOut.settled),
            "unknown": .number(leftOut.unknown),
        ]
    }
}

extension ReplayPreview.LeftOut {
    fileprivate var words: String {
        let reasons = [
            (onHold, "on hold"), (replaying, "in another replay"), (settled, "replayed or discarded already"),
            (unknown, "not known"),
        ]
        return reasons.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

extension ReplayJob {
    /// Whether somebody has ordered it, whatever that one may do by now.
    fileprivate func isOrder(of who: Operator) -> Bool {
        (orderedBy.tenant, orderedBy.clientID, orderedBy.subject) == (who.tenant, who.clientID, who.subject)
    }
}

extension ReplayPlan {
    /// What the audit is to say of it besides its letters.
    fileprivate var details: [AuditDetail] {
        let all = [
            AuditDetail("rate", "\(rate)"),
            AuditDetail("steps", ladder.sizes.map(String.init).joined(separator: ",")),
            AuditDetail("stop-above", "\(stopRule.share)"),
        ]
        return all + (destination.queue.map { [AuditDetail("redirect-to", $0)] } ?? [])
    }
}

extension ReplayDestination {
    fileprivate var queue: String? {
        if case .queue(let name) = self { name } else { nil }
    }
}
