/// Where replay jobs are kept, and where it is decided who may send what.
///
/// A letter is in at most one job that has not ended with it: the store guarantees that, whoever asks at the same moment.
/// Every implementation passes the conformance suite in `OrderTestKit`. All throw ``StoreError``.
package protocol ReplayJobStore: Sendable {
    // MARK: For operators

    /// What a job would do now; changes nothing.
    func preview(
        _ selection: LetterSelection,
        within reach: TenantReach,
        sample: Int
    ) async throws(StoreError) -> ReplayPreview

    /// Makes a job of all selected letters that wait and are not on hold; within the reach of who orders it.
    ///
    /// - Parameter audit: kept if a job is made, and only then.
    /// - Returns: the job, which is the one that is there already if the same order came before.
    func create(_ plan: ReplayPlan, audit: AuditEntry) async throws(StoreError) -> ReplayOrdering

    func job(_ id: ReplayJobID, within reach: TenantReach) async throws(StoreError) -> ReplayJob?

    /// Lists jobs, newest first.
    ///
    /// - Parameters:
    ///   - state: only jobs in this one; `nil` for any.
    ///   - position: only jobs that come behind it in the list.
    func jobs(
        in state: ReplayJobState?,
        within reach: TenantReach,
        after position: ReplayJobPosition?,
        limit: Int
    ) async throws(StoreError) -> [ReplayJob]

    /// Lists the messages of a job in their order.
    ///
    /// - Parameters:
    ///   - states: empty means any.
    ///   - position: only those behind it; 0 for the first page.
    func records(
        of job: ReplayJobID,
        states: Set<ReplayRecord.State>,
        after position: Int,
        limit: Int
    ) async throws(StoreError) -> [ReplayRecord]

    /// Pauses, resumes or cancels a job.
    ///
    /// A cancelled job lets go of what was not taken; what was taken keeps its way to a result.
    ///
    /// - Returns: the job as it is then, whether or not its state allowed the change; `nil` if there is none.
    func control(
        _ id: ReplayJobID,
        _ control: ReplayControl,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ReplayJob?

    // MARK: For runners

    /// Takes a job that has something left to do and that no other runner has, for a while.
    ///
    /// Also a job that has ended otherwise while messages of it are still without a result.
    ///
    /// - Parameters:
    ///   - runner: unique to the process.
    ///   - duration: by the store's clock.
    ///   - jobs: left to other runners.
    func lease(
        by runner: String,
        for duration: Duration,
        except jobs: Set<ReplayJobID>
    ) async throws(StoreError) -> ReplayJob?

    /// Prolongs the lease, and tells what became of the job meanwhile.
    ///
    /// - Returns: `nil` if the lease was lost; then nothing more may be sent.
    func renew(_ id: ReplayJobID, by runner: String, for duration: Duration) async throws(StoreError) -> ReplayJob?

    /// Takes the next messages of the current step, if the job runs and the lease holds.
    func take(
        _ count: Int,
        of id: ReplayJobID,
        by runner: String,
        at time: Timestamp
    ) async throws(StoreError) -> [ReplayItem]

    /// The messages that were taken and have no result: after a restart it is unknown whether they were sent.
    ///
    /// Counts them as sent once more. None if the lease was lost.
    func takeAgain(of id: ReplayJobID, by runner: String) async throws(StoreError) -> [ReplayItem]

    /// Records results; the first one of a message stands.
    ///
    /// A success settles the letter, a failure lets it wait again.
    func record(
        _ endings: [ReplayEnding],
        of id: ReplayJobID,
        at time: Timestamp
    ) async throws(StoreError)

    /// Begins the next step, if the lease holds.
    func advance(_ id: ReplayJobID, toStep step: Int, by runner: String) async throws(StoreError)

    /// Ends the job's running, if the lease holds: as `stopped` or `finished`.
    func conclude(
        _ id: ReplayJobID,
        as state: ReplayJobState,
        remark: String?,
        by runner: String,
        audit: AuditEntry
    ) async throws(StoreError)

    /// Gives the lease back.
    ///
    /// - Parameters:
    ///   - pause: how long nobody is to take the job.
    ///   - remark: what it waits for, for people.
    func release(
        _ id: ReplayJobID,
        by runner: String,
        pause: Duration,
        remark: String?
    ) async throws(StoreError)

    // MARK: Retention

    /// Removes some jobs that ended before the moment, with their messages.
    ///
    /// - Returns: how many rows were removed; fewer than `limit` means that no more are due.
    func retireJobs(endedBefore: Timestamp, limit: Int) async throws(StoreError) -> Int
}

extension ReplayJobStore {
    /// Lists jobs in any state.
    package func jobs(
        within reach: TenantReach,
        after position: ReplayJobPosition?,
        limit: Int
    ) async throws(StoreError) -> [ReplayJob] {
        try await jobs(in: nil, within: reach, after: position, limit: limit)
    }

    /// Takes any job that is due.
    package func lease(by runner: String, for duration: Duration) async throws(StoreError) -> ReplayJob? {
        try await lease(by: runner, for: duration, except: [])
    }
}
