internal import Orders

/// One runner's time with one job: sends its messages at its rate, step by step, and records what becomes of them.
///
/// Not `Sendable`: it belongs to the task that runs it.
final class JobRun {
    enum Event: Sendable {
        case ended(ReplayItem, ReplayResult, note: RefusalNote = RefusalNote())
        /// Given up because the task was cancelled, or because its letter came back: it has its result then.
        case abandoned
        case alarm
    }

    /// Messages are taken this often at most, several at a time.
    private static let takingInterval = Duration.milliseconds(100)

    private let parts: RunnerParts
    private let runner: String
    private var job: ReplayJob
    private var machine: ReplayMachine
    private var pace: ReplayPace
    /// Taken and not being sent yet: after a restart, it is unknown whether they were sent before.
    private var doubtful: [ReplayItem] = []
    private var endings: [(item: ReplayItem, result: ReplayResult, note: RefusalNote)] = []
    private var inFlight = 0
    /// What is in flight, to be given up where the letter comes back without an answer.
    private var deliveries: [LetterID: Task<Event, Never>] = [:]
    private var isLost = false
    /// It ended because nobody's token is at hand.
    private(set) var isUnauthorized = false
    private var checkedAt: Duration
    private var mustCheck = false

    init(_ job: ReplayJob, runner: String, _ parts: RunnerParts) {
        self.job = job
        self.runner = runner
        self.parts = parts
        machine = ReplayMachine(job)
        checkedAt = parts.clock.uptime()
        pace = ReplayPace(rate: job.rate, now: checkedAt)
    }

    func run() async {
        let (jobs, id, runner) = (parts.jobs, job.id, runner)
        if job.counts.taken > 0 {
            let items = await parts.patience.ask { () async throws(StoreError) in
                try await jobs.takeAgain(of: id, by: runner)
            }
            guard let items else { return }
            doubtful = items
        }
        await withTaskGroup(of: Event.self) { group in
            while await turn(&group) {}
            group.cancelAll()
        }
        if Task.isCancelled { await leaveInOrder() }
    }

    /// Does what is to be done now, and waits for what happens next.
    ///
    /// - Returns: whether there is more to do.
    private func turn(_ group: inout TaskGroup<Event>) async -> Bool {
        await recordEndings()
        await checkIfDue()
        if Task.isCancelled || isLost { return false }
        let pause: Duration
        switch machine.action {
        case _ where !doubtful.isEmpty || isSending:
            guard let next = await send(&group) else { return false }
            pause = next
        case .send, .wait:
            pause = parts.settings.checkInterval
        case .advance(let step):
            await advance(to: step)
            return true
        case .stop(let reason):
            await conclude(.stopped, remark: reason)
            return false
        case .finish:
            await conclude(.finished, remark: nil)
            return false
        case .leave:
            await release(pause: .zero, remark: nil)
            return false
        }
        await wait(pause, &group)
        return true
    }

    private var isSending: Bool {
        if case .send = machine.action { true } else { false }
    }

    // MARK: - Sending

    /// Sends as many messages as may go now.
    ///
    /// - Returns: how long until more may go, at most; `nil` if the job was let go.
    private func send(_ group: inout TaskGroup<Event>) async -> Duration? {
        guard let loan = await parts.authority.loan(for: job) else {
            if inFlight > 0 { return parts.settings.checkInterval }
            isUnauthorized = true
            // At once: the console that has the token may be another.
            await release(pause: .zero, remark: "waits for an operator's token")
            return nil
        }
        let room = max(0, parts.settings.inFlightLimit - inFlight)
        let items = await nextItems(atMost: room)
        if !items.isEmpty { await note(items, sentBy: loan.lender) }
        for item in items {
            inFlight += 1
            let (delivery, job) = (ReplayDelivery(item, authorization: loan.authorization, parts), job)
            let task = Task { await delivery.send(for: job) }
            deliveries[item.entry.id] = task
            group.addTask {
                await withTaskCancellationHandler {
                    await task.value
                } onCancel: {
                    task.cancel()
                }
            }
        }
        let now = parts.clock.uptime()
        return inFlight >= parts.settings.inFlightLimit
            ? parts.settings.checkInterval : max(pace.pause(at: now), Self.takingInterval)
    }

    /// What is in doubt first, then what was not taken yet.
    private func nextItems(atMost room: Int) async -> [ReplayItem] {
        let now = parts.clock.uptime()
        if !doubtful.isEmpty {
            let count = pace.take(min(room, doubtful.count), at: now)
            defer { doubtful.removeFirst(count) }
            return Array(doubtful.prefix(count))
        }
        guard case .send(let wanted) = machine.action else { return [] }
        let count = pace.take(min(room, wanted), at: now)
        guard count > 0 else { return [] }
        let (jobs, id, runner, time) = (parts.jobs, job.id, runner, parts.clock.now())
        let items = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.take(count, of: id, by: runner, at: time)
        }
        guard let items else { return [] }
        // Fewer than there were means that somebody has changed the job.
        if items.count < min(count, machine.counts.waiting) { mustCheck = true }
        machine.took(items.count, asked: items.count)
        return items
    }

    /// Who sends what in whose name goes into the audit before it goes out.
    private func note(_ items: [ReplayItem], sentBy lender: Operator) async {
        let clients = Set(items.compactMap { $0.entry.caller.map { "\($0.tenant)/\($0.clientID)" } }).sorted()
        var entry = AuditEntry(
            at: parts.clock.now(),
            actor: AuditActor(lender),
            action: .sendReplay,
            target: job.id.description,
            tenant: job.tenant,
            reason: job.reason
        )
        entry.details = [
            AuditDetail("letters", items.map(\.entry.id.description).joined(separator: " ")),
            AuditDetail("on-behalf-of", clients.joined(separator: " ")),
        ]
        let (audit, record) = (parts.audit, entry)
        _ = await parts.patience.ask { () async throws(StoreError) in try await audit.append(record) }
    }

    // MARK: - Waiting

    private func wait(_ pause: Duration, _ group: inout TaskGroup<Event>) async {
        let clock = parts.clock
        group.addTask {
            await clock.sleep(pause)
            return .alarm
        }
        // Everything that has happened until the alarm, or until the first message ends and room is scarce.
        while let event = await group.next() {
            switch event {
            case .ended(let item, let result, let note):
                inFlight -= 1
                guard deliveries.removeValue(forKey: item.entry.id) != nil else { continue }
                endings.append((item, result, note))
                machine.ended(result)
                if inFlight == 0 || endings.count >= 50 { return }
            case .abandoned:
                inFlight -= 1
                return
            case .alarm:
                return
            }
        }
    }

    // MARK: - The job's record

    private func recordEndings() async {
        guard !endings.isEmpty else { return }
        let time = parts.clock.now()
        let records = records(at: time)
        let (jobs, id) = (parts.jobs, job.id)
        let done: Void? = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.record(records, of: id, at: time)
        }
        guard done != nil else { return }
        for (item, result, _) in endings { parts.observer.replayed(item.entry.id, result) }
        endings = []
    }

    private func records(at time: Timestamp) -> [ReplayEnding] {
        endings.map { ReplayEnding($0.item, $0.result, at: time, note: $0.note) }
    }

    /// Prolongs the lease, and hears what an operator has said.
    private func checkIfDue() async {
        let now = parts.clock.uptime()
        guard mustCheck || now - checkedAt >= parts.settings.checkInterval else { return }
        let (jobs, id, runner, lease) = (parts.jobs, job.id, runner, parts.settings.lease)
        let answer = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.renew(id, by: runner, for: lease)
        }
        guard let answer else { return }
        checkedAt = now
        mustCheck = false
        guard let current = answer else {
            isLost = true
            return
        }
        job = current
        await giveUpWhatCameBack()
        if inFlight == 0, doubtful.isEmpty, endings.isEmpty {
            machine = ReplayMachine(current)
        } else {
            machine.changed(to: current.state)
        }
    }

    /// Gives up what has its result already, because the letter was kept again: nobody will answer it.
    private func giveUpWhatCameBack() async {
        guard job.counts.taken < deliveries.count + doubtful.count + endings.count else { return }
        let (jobs, id, limit) = (parts.jobs, job.id, job.counts.taken + 1)
        let records = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.records(of: id, states: [.taken], after: 0, limit: limit)
        }
        guard let records else { return }
        let open = Set(records.map(\.letter)).union(endings.map(\.item.entry.id))
        for letter in deliveries.keys.filter({ !open.contains($0) }) {
            deliveries.removeValue(forKey: letter)?.cancel()
            machine.ended(.died(code: "", message: ""))
        }
        for item in doubtful where !open.contains(item.entry.id) { machine.ended(.died(code: "", message: "")) }
        doubtful.removeAll { !open.contains($0.entry.id) }
    }

    private func advance(to step: Int) async {
        let (jobs, id, runner) = (parts.jobs, job.id, runner)
        let done: Void? = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.advance(id, toStep: step, by: runner)
        }
        if done != nil { machine.advanced() }
    }

    private func conclude(_ state: ReplayJobState, remark: String?) async {
        var entry = AuditEntry(
            at: parts.clock.now(),
            actor: .console,
            action: state == .stopped ? .stopReplay : .finishReplay,
            target: job.id.description,
            tenant: job.tenant,
            reason: remark
        )
        entry.details = [AuditDetail("step", "\(machine.step)")]
        let (jobs, id, runner, record) = (parts.jobs, job.id, runner, entry)
        let done: Void? = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.conclude(id, as: state, remark: remark, by: runner, audit: record)
        }
        if done != nil { parts.observer.jobLeft(id, state, remark: remark) }
    }

    /// Records what is known and gives the job back, although the task was cancelled: another console can go on at once.
    private func leaveInOrder() async {
        let time = parts.clock.now()
        let records = records(at: time)
        let (jobs, id, runner) = (parts.jobs, job.id, runner)
        await Task {
            try? await jobs.record(records, of: id, at: time)
            try? await jobs.release(id, by: runner, pause: .zero, remark: nil)
        }.value
    }

    private func release(pause: Duration, remark: String?) async {
        let (jobs, id, runner) = (parts.jobs, job.id, runner)
        let done: Void? = await parts.patience.ask { () async throws(StoreError) in
            try await jobs.release(id, by: runner, pause: pause, remark: remark)
        }
        if done != nil { parts.observer.jobLeft(id, machine.state, remark: remark) }
    }
}

extension ReplayJob {
    /// Whose letters it touches, where that is one tenant's.
    fileprivate var tenant: String? {
        if case .one(let tenant) = orderedBy.reach { tenant } else { nil }
    }
}
