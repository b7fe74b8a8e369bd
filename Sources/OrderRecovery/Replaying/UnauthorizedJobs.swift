internal import Orders
internal import Synchronization

/// Jobs for which this process has nobody's token: without a pause, it would take them again and again from the console
/// that has one.
final class UnauthorizedJobs: Sendable {
    private let waiting = Mutex<[ReplayJobID: (job: ReplayJob, until: Duration)]>([:])

    func add(_ job: ReplayJob, until: Duration) {
        waiting.withLock { $0[job.id] = (job, until) }
    }

    /// Those to be left to others, unless somebody has lent a token meanwhile.
    func jobs(at now: Duration, _ authority: any ReplayAuthority) async -> Set<ReplayJobID> {
        let found = waiting.withLock { waiting in
            waiting = waiting.filter { $0.value.until > now }
            return waiting.values.map(\.job)
        }
        var others: Set<ReplayJobID> = []
        for job in found where await authority.loan(for: job) == nil { others.insert(job.id) }
        return others
    }
}
