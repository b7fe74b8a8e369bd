package import Orders

extension InMemoryDeadLetters: ReplayJobStore {
    package func preview(
        _ selection: LetterSelection,
        within reach: TenantReach,
        sample: Int
    ) async throws(StoreError) -> ReplayPreview {
        try change { state in
            let meant = state.selected(selection, within: reach)
            let free = meant.filter { state.isFree($0) }
            var leftOut = ReplayPreview.LeftOut()
            leftOut.replaying = meant.count { $0.entry.state == .replaying }
            leftOut.settled = meant.count { [.replayed, .discarded].contains($0.entry.state) }
            leftOut.onHold = meant.count - free.count - leftOut.replaying - leftOut.settled
            leftOut.unknown = (selection.namedCount ?? meant.count) - meant.count
            return ReplayPreview(
                count: free.count,
                leftOut: leftOut,
                withoutCaller: free.count { $0.entry.caller == nil },
                tenants: Self.tenants(of: free),
                sample: free.reversed().prefix(sample).map(\.entry)
            )
        }
    }

    private static func tenants(of letters: [Letter]) -> [ReplayPreview.TenantCount] {
        let counts = Dictionary(grouping: letters.compactMap(\.entry.caller?.tenant), by: \.self).mapValues(\.count)
        let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return sorted.map { ReplayPreview.TenantCount(tenant: $0.key, count: $0.value) }
    }

    package func create(_ plan: ReplayPlan, audit: AuditEntry) async throws(StoreError) -> ReplayOrdering {
        try change { state in
            if let known = state.jobs[plan.id] {
                let job = state.snapshot(known)
                let isSame = known.plan.fingerprint == plan.fingerprint && job.isVisible(within: plan.orderedBy.reach)
                return isSame ? .accepted(job) : .conflict
            }
            var job = Job(plan: plan, changedAt: plan.orderedAt)
            let free = state.selected(plan.selection, within: plan.orderedBy.reach).filter { state.isFree($0) }
            if free.isEmpty { return .nothing }
            for (offset, letter) in free.reversed().enumerated() {
                state.letters[letter.entry.id]?.entry.state = .replaying
                state.letters[letter.entry.id]?.entry.job = plan.id
                state.letters[letter.entry.id]?.entry.changedAt = plan.orderedAt
                job.records.append(ReplayRecord(waiting: letter.entry.id, plan.id, offset + 1))
            }
            state.jobs[plan.id] = job
            state.append(audit.adding(AuditDetail("letters", "\(free.count)")))
            return .accepted(state.snapshot(job))
        }
    }

    package func job(_ id: ReplayJobID, within reach: TenantReach) async throws(StoreError) -> ReplayJob? {
        try change { state in
            state.job(id).flatMap { $0.isVisible(within: reach) ? $0 : nil }
        }
    }

    package func jobs(
        in wanted: ReplayJobState?,
        within reach: TenantReach,
        after position: ReplayJobPosition?,
        limit: Int
    ) async throws(StoreError) -> [ReplayJob] {
        try change { state in
            let found = state.jobs.values.map { state.snapshot($0) }.filter { job in
                job.isVisible(within: reach) && (wanted == nil || job.state == wanted)
                    && position.map { job.listPosition.isBehind($0) } ?? true
            }
            return Array(found.sorted { $1.listPosition.isBehind($0.listPosition) }.prefix(limit))
        }
    }

    package func records(
        of job: ReplayJobID,
        states: Set<ReplayRecord.State>,
        after position: Int,
        limit: Int
    ) async throws(StoreError) -> [ReplayRecord] {
        try change { state in
            let records = (state.jobs[job]?.records ?? []).filter {
                (states.isEmpty || states.contains($0.state)) && $0.position > position
            }
            return Array(records.prefix(limit))
        }
    }

    package func control(
        _ id: ReplayJobID,
        _ control: ReplayControl,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ReplayJob? {
        try change { state in
            guard let before = state.job(id), before.isVisible(within: reach) else { return nil }
            let isAllowed = before.state.canBecome(control.state)
            var entry = audit
            if !isAllowed, before.state != control.state { entry.outcome = .failed }
            if isAllowed || control == .resume && before.state == .running {
                state.jobs[id]?.state = control.state
                state.jobs[id]?.changedAt = audit.at
                state.jobs[id]?.remark = nil
                if state.jobs[id]?.runner == nil { state.jobs[id]?.leasedUntil = .zero }
                if control == .cancel { state.letGo(id, at: audit.at) }
            }
            state.append(entry)
            return state.job(id)
        }
    }

    // MARK: - For runners

    package func lease(
        by runner: String,
        for duration: Duration,
        except others: Set<ReplayJobID>
    ) async throws(StoreError) -> ReplayJob? {
        let now = uptime()
        return try change { state in
            let due = state.jobs.values.filter { job in
                job.leasedUntil <= now && !others.contains(job.plan.id)
                    && (job.state == .running || job.records.contains { $0.state == .taken })
            }
            guard let id = due.min(by: { $0.order < $1.order })?.plan.id else { return nil }
            state.jobs[id]?.runner = runner
            state.jobs[id]?.leasedUntil = now + duration
            state.jobs[id]?.remark = nil
            return state.job(id)
        }
    }

    package func renew(
        _ id: ReplayJobID,
        by runner: String,
        for duration: Duration
    ) async throws(StoreError) -> ReplayJob? {
        let now = uptime()
        return try change { state in
            guard state.holds(id, runner, at: now) else { return nil }
            state.jobs[id]?.leasedUntil = now + duration
            return state.job(id)
        }
    }

    package func take(
        _ count: Int,
        of id: ReplayJobID,
        by runner: String,
        at time: Timestamp
    ) async throws(StoreError) -> [ReplayItem] {
        let now = uptime()
        return try change { state in
            guard state.holds(id, runner, at: now), let job = state.jobs[id], job.state == .running else { return [] }
            let waiting = job.records.indices.filter { job.records[$0].state == .waiting }.prefix(count)
            return waiting.compactMap { index in
                state.jobs[id]?.records[index] = job.records[index].taken(inStep: job.step, at: time)
                return state.item(job.records[index].letter, earlierSends: 0)
            }
        }
    }

    package func takeAgain(of id: ReplayJobID, by runner: String) async throws(StoreError) -> [ReplayItem] {
        let now = uptime()
        return try change { state in
            guard state.holds(id, runner, at: now), let job = state.jobs[id] else { return [] }
            return job.records.indices.filter { job.records[$0].state == .taken }.compactMap { index in
                let record = job.records[index]
                state.jobs[id]?.records[index] = record.sentAgain()
                return state.item(record.letter, earlierSends: record.sends)
            }
        }
    }

    package func record(
        _ endings: [ReplayEnding],
        of id: ReplayJobID,
        at time: Timestamp
    ) async throws(StoreError) {
        try change { state in
            for ending in endings {
                guard state.end(ending.letter, of: id, ending.result, at: time) else { continue }
                guard var letter = state.letters[ending.letter], letter.entry.state == .replaying,
                    letter.entry.job == id
                else { continue }
                letter.entry.state = ending.result.isSuccess ? .replayed : .kept
                letter.entry.changedAt = time
                if let failure = ending.failure, let group = ending.groupID {
                    letter.entry.failure = failure
                    letter.entry.groupID = group
                    letter.entry.repeatFailures += 1
                    state.see(group, letter.entry, at: time)
                }
                state.letters[ending.letter] = letter
            }
        }
    }

    package func advance(_ id: ReplayJobID, toStep step: Int, by runner: String) async throws(StoreError) {
        let now = uptime()
        try change { state in
            guard state.holds(id, runner, at: now), state.jobs[id]?.step == step - 1 else { return }
            state.jobs[id]?.step = step
        }
    }

    package func conclude(
        _ id: ReplayJobID,
        as end: ReplayJobState,
        remark: String?,
        by runner: String,
        audit: AuditEntry
    ) async throws(StoreError) {
        let now = uptime()
        try change { state in
            guard state.holds(id, runner, at: now), state.jobs[id]?.state == .running else { return }
            state.jobs[id]?.state = end
            state.jobs[id]?.remark = remark
            state.jobs[id]?.changedAt = audit.at
            state.jobs[id]?.runner = nil
            state.jobs[id]?.leasedUntil = .zero
            state.append(audit)
        }
    }

    package func release(
        _ id: ReplayJobID,
        by runner: String,
        pause: Duration,
        remark: String?
    ) async throws(StoreError) {
        let now = uptime()
        try change { state in
            guard state.jobs[id]?.runner == runner else { return }
            state.jobs[id]?.runner = nil
            state.jobs[id]?.leasedUntil = now + pause
            state.jobs[id]?.remark = remark
        }
    }

    package func retireJobs(endedBefore: Timestamp, limit: Int) async throws(StoreError) -> Int {
        try change { state in
            let due = state.jobs.values.filter { job in
                job.state.successors.isEmpty && job.changedAt < endedBefore
                    && !job.records.contains { $0.state == .taken }
            }
            for job in due.prefix(limit) { state.jobs[job.plan.id] = nil }
            return min(due.count, limit)
        }
    }
}
