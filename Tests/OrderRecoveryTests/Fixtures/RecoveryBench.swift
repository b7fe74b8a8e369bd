import OrderRecovery
import OrderTestKit
import Orders
import Testing

/// A runner, a keeper and all they work on, in memory.
struct RecoveryBench: Sendable {
    let clock = ManualClock()
    let store: InMemoryDeadLetters
    let queue = InMemoryLetterQueue()
    let sender: ScriptedReplaySender
    let authority = FixedAuthority()
    var settings = RunnerSettings()

    init(
        lease: Duration = RunnerSettings().lease,
        _ script: @escaping ScriptedReplaySender.Script = { _, _ in .ended(.succeeded(status: 201, isReplay: false)) }
    ) {
        store = InMemoryDeadLetters(clock: clock)
        sender = ScriptedReplaySender(script)
        settings.jobLimit = 1
        settings.lease = lease
    }

    var recoveryClock: ServiceClock { ServiceClock(clock) }

    var keeper: LetterKeeper {
        LetterKeeper(source: queue, store: store, clock: recoveryClock, observer: QuietObserver(), batchLimit: 10)
    }

    func runner(_ name: String = "console-1", authority other: (any ReplayAuthority)? = nil) -> ReplayRunner {
        ReplayRunner(
            name: name,
            jobs: store,
            audit: store,
            sender: sender,
            authority: other ?? authority,
            clock: recoveryClock,
            observer: QuietObserver(),
            settings: settings
        )
    }

    /// Keeps letters and orders their replay.
    func order(
        _ count: Int,
        rate: Double = 1000,
        caller: Caller = Sample.caller()
    ) async throws -> ReplayJobID {
        let letters = (0..<count).map { Sample.letter("letter-\($0)", caller: caller) }
        for (offset, letter) in letters.enumerated() {
            let time = Timestamp(milliseconds: clock.now.milliseconds + Int64(offset))
            _ = try await store.keep([letter], at: time)
        }
        let plan = ReplayPlan(
            id: .random(),
            selection: .matching(LetterFilter()),
            reason: "the release was mended",
            rate: rate,
            orderedBy: Sample.operator(),
            orderedAt: clock.now
        )
        let audit = AuditEntry(at: clock.now, actor: AuditActor(plan.orderedBy), action: .orderReplay)
        return try #require(try await store.create(plan, audit: audit).job).id
    }

    /// Runs something beside the body, and time over every sleep, until the body ends.
    func run(_ service: @escaping @Sendable () async -> Void, during body: () async -> Void) async {
        let task = Task { await service() }
        await clock.hurry(during: body)
        task.cancel()
        await task.value
    }

    /// How many letters are in a state.
    func count(_ state: LetterState) async throws -> Int {
        try await store.count(.matching(LetterFilter()), in: state, within: .all).changed
    }

    func control(_ id: ReplayJobID, _ control: ReplayControl) async throws {
        let audit = AuditEntry(at: clock.now, actor: AuditActor(Sample.operator()), action: AuditAction(control))
        _ = try await store.control(id, control, within: .all, audit: audit)
    }
}

struct QuietObserver: RecoveryObserver {}

extension ServiceClock {
    /// The machine's own.
    static let real = ServiceClock(
        now: {
            let (seconds, attoseconds) = (ContinuousClock.now - start).components
            return Timestamp(
                milliseconds: Sample.moment.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000
            )
        },
        uptime: { ContinuousClock.now - start },
        sleep: { try? await Task.sleep(for: $0) }
    )

    private static let start = ContinuousClock.now
}
