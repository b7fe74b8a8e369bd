internal import Orders

extension InMemoryDeadLetters.State {
    func job(_ id: ReplayJobID) -> ReplayJob? {
        jobs[id].map(snapshot)
    }

    func snapshot(_ job: InMemoryDeadLetters.Job) -> ReplayJob {
        var counts = ReplayCounts(job.records)
        counts.waiting = job.records.count { $0.state == .waiting }
        var stepCounts = ReplayCounts(job.records.filter { $0.step == job.step })
        stepCounts.waiting = counts.waiting
        stepCounts.released = 0
        return ReplayJob(
            id: job.plan.id,
            state: job.state,
            reason: job.plan.reason,
            rate: job.plan.rate,
            ladder: job.plan.ladder,
            stopRule: job.plan.stopRule,
            destination: job.plan.destination,
            orderedBy: job.plan.orderedBy,
            orderedAt: job.plan.orderedAt,
            changedAt: job.changedAt,
            step: job.step,
            counts: counts,
            stepCounts: stepCounts,
            remark: job.remark,
            runner: job.runner
        )
    }

    func holds(_ id: ReplayJobID, _ runner: String, at now: Duration) -> Bool {
        guard let job = jobs[id] else { return false }
        return job.runner == runner && job.leasedUntil > now
    }

    func item(_ id: LetterID, earlierSends: Int) -> ReplayItem? {
        letters[id].map { ReplayItem(entry: $0.entry, message: $0.current, earlierSends: earlierSends) }
    }

    /// Gives a message its result, if it has none.
    @discardableResult
    mutating func end(
        _ letter: LetterID,
        of id: ReplayJobID,
        _ result: ReplayResult,
        at time: Timestamp
    ) -> Bool {
        guard let index = jobs[id]?.records.firstIndex(where: { $0.letter == letter && $0.state == .taken }),
            let record = jobs[id]?.records[index]
        else { return false }
        jobs[id]?.records[index] = record.ended(result, at: time)
        return true
    }

    /// Lets go of what a job has not taken.
    ///
    /// - Parameter group: of this one alone; `nil` for all.
    /// - Returns: how many it let go.
    @discardableResult
    mutating func letGo(_ id: ReplayJobID, of group: GroupID? = nil, at time: Timestamp) -> Int {
        guard let job = jobs[id] else { return 0 }
        var count = 0
        for index in job.records.indices where job.records[index].state == .waiting {
            let record = job.records[index]
            guard group == nil || letters[record.letter]?.entry.groupID == group else { continue }
            jobs[id]?.records[index] = record.released(at: time)
            letters[record.letter]?.entry.state = .kept
            letters[record.letter]?.entry.changedAt = time
            count += 1
        }
        return count
    }

    mutating func letGo(_ group: GroupID, at time: Timestamp) -> Int {
        var count = 0
        for id in Array(jobs.keys) { count += letGo(id, of: group, at: time) }
        return count
    }
}

extension InMemoryDeadLetters.Job {
    /// Oldest first.
    var order: (Timestamp, UInt128) { (plan.orderedAt, plan.id.bits) }
}

extension ReplayJob {
    func isVisible(within reach: TenantReach) -> Bool {
        reach == .all || orderedBy.reach == reach
    }
}

extension ReplayCounts {
    init(_ records: [ReplayRecord]) {
        self.init(
            taken: records.count { $0.state == .taken },
            succeeded: records.count { $0.state == .succeeded },
            failed: records.count { $0.state == .failed },
            released: records.count { $0.state == .released }
        )
    }
}

extension ReplayRecord {
    init(waiting letter: LetterID, _ job: ReplayJobID, _ position: Int) {
        self.init(
            job: job,
            letter: letter,
            position: position,
            state: .waiting,
            step: nil,
            sends: 0,
            result: nil,
            takenAt: nil,
            endedAt: nil
        )
    }

    func taken(inStep step: Int, at time: Timestamp) -> ReplayRecord {
        with(.taken, step: step, sends: 1, result: nil, takenAt: time, endedAt: nil)
    }

    func sentAgain() -> ReplayRecord {
        with(.taken, step: step, sends: sends + 1, result: nil, takenAt: takenAt, endedAt: nil)
    }

    func ended(_ result: ReplayResult, at time: Timestamp) -> ReplayRecord {
        let state: State = result.isSuccess ? .succeeded : .failed
        return with(state, step: step, sends: sends, result: result, takenAt: takenAt, endedAt: time)
    }

    func released(at time: Timestamp) -> ReplayRecord {
        with(.released, step: nil, sends: 0, result: nil, takenAt: nil, endedAt: time)
    }

    private func with(
        _ state: State,
        step: Int?,
        sends: Int,
        result: ReplayResult?,
        takenAt: Timestamp?,
        endedAt: Timestamp?
    ) -> ReplayRecord {
        ReplayRecord(
            job: job,
            letter: letter,
            position: position,
            state: state,
            step: step,
            sends: sends,
            result: result,
            takenAt: takenAt,
            endedAt: endedAt
        )
    }
}
