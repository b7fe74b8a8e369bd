package import Orders

/// Removes what has been kept for long enough, in small steps, now and then.
package struct RetentionSweeper: Sendable {
    private let letters: any DeadLetterStore
    private let jobs: any ReplayJobStore
    private let audit: any AuditLog
    private let clock: ServiceClock
    private let observer: any RecoveryObserver
    private let settings: RetentionSettings

    package init(
        letters: any DeadLetterStore,
        jobs: any ReplayJobStore,
        audit: any AuditLog,
        clock: ServiceClock,
        observer: any RecoveryObserver,
        settings: RetentionSettings = RetentionSettings()
    ) {
        self.letters = letters
        self.jobs = jobs
        self.audit = audit
        self.clock = clock
        self.observer = observer
        self.settings = settings
    }

    /// Sweeps until the task is cancelled; the first time at once.
    package func run() async {
        while !Task.isCancelled {
            await sweep()
            await clock.sleep(settings.interval)
        }
    }

    /// Removes everything that is due now.
    package func sweep() async {
        let (letters, jobs, audit) = (letters, jobs, audit)
        let now = clock.now()
        let (settled, kept) = (now.before(settings.settledLetters), now.before(settings.keptLetters))
        let removedLetters = await repeating { limit async throws(StoreError) in
            try await letters.retire(settledBefore: settled, keptBefore: kept, limit: limit)
        }
        let replaced = now.before(settings.revisions)
        let removedRevisions = await repeating { limit async throws(StoreError) in
            try await letters.retireRevisions(settledBefore: replaced, limit: limit)
        }
        // Never before the letters that they sent.
        let ended = now.before(max(settings.jobs, settings.settledLetters))
        let removedJobs = await repeating { limit async throws(StoreError) in
            try await jobs.retireJobs(endedBefore: ended, limit: limit)
        }
        let old = now.before(settings.audit)
        let removedRecords = await repeating { limit async throws(StoreError) in
            try await audit.retire(before: old, limit: limit)
        }
        guard removedLetters + removedRevisions + removedJobs + removedRecords > 0 else { return }
        await note(
            [
                ("letters", removedLetters), ("revisions", removedRevisions), ("job-rows", removedJobs),
                ("audit-records", removedRecords),
            ],
            at: now
        )
        observer.retired(letters: removedLetters, jobs: removedJobs, audit: removedRecords)
    }

    private func repeating(_ step: @Sendable (Int) async throws(StoreError) -> Int) async -> Int {
        let patience = StorePatience(clock: clock, observer: observer)
        let size = max(1, settings.stepSize)
        var total = 0
        while !Task.isCancelled {
            let removed = await patience.ask { () async throws(StoreError) in try await step(size) }
            guard let removed else { break }
            total += removed
            if removed < size { break }
            await clock.sleep(settings.stepPause)
        }
        return total
    }

    private func note(_ removed: [(String, Int)], at time: Timestamp) async {
        var entry = AuditEntry(at: time, actor: .console, action: .retire)
        entry.details = removed.map { AuditDetail($0, "\($1)") }
        let (audit, record) = (audit, entry)
        _ = await StorePatience(clock: clock, observer: observer).ask { () async throws(StoreError) in
            try await audit.append(record)
        }
    }
}

extension Timestamp {
    fileprivate func before(_ duration: Duration) -> Timestamp {
        let (seconds, attoseconds) = duration.components
        let milliseconds = seconds.multipliedReportingOverflow(by: 1000)
        guard !milliseconds.overflow else { return Timestamp(milliseconds: 0) }
        let past = milliseconds.partialValue &+ attoseconds / 1_000_000_000_000_000
        return Timestamp(milliseconds: max(0, self.milliseconds &- past))
    }
}
