import AMQP
import OrderMessaging
import OrderRecovery
import OrderStorage
import OrderTestKit
import Orders
import Postgres
import Testing
import ThreadExecutor

/// Runners between the real database and the real broker.
@Suite(.enabled(if: TestServers.areEnabled, TestServers.whyDisabled), .timeLimit(.minutes(5)))
struct ReplayingTests {
    /// Hears which jobs runners have let go, and in what state.
    private struct JobsLeft: RecoveryObserver {
        private let states = Watched<[ReplayJobID: ReplayJobState]>([:])

        func jobLeft(_ id: ReplayJobID, _ state: ReplayJobState, remark: String?) {
            states.change { $0[id] = state }
        }

        func waitUntilEnded(_ id: ReplayJobID) async {
            await states.wait { [.finished, .stopped].contains($0[id]) ? () : nil }
        }
    }

    /// One console: sessions and broker connection of its own.
    private struct Console: Sendable {
        let connection: Connection
        let client: CommandClient
        let runner: ReplayRunner

        init(_ servers: TestServers, name: String, observer: JobsLeft) throws {
            connection = try servers.connect()
            client = CommandClient(settings: servers.broker, executor: ThreadExecutor(name: "test-console"))
            var settings = RunnerSettings()
            settings.jobLimit = 2
            settings.checkInterval = .milliseconds(100)
            // Longer than a busy machine may keep a living console waiting.
            settings.lease = .seconds(60)
            runner = ReplayRunner(
                name: name,
                jobs: PostgresReplayJobStore(connection, limit: .seconds(60)),
                audit: PostgresAuditLog(connection, limit: .seconds(60)),
                sender: AMQPReplaySender(client, origins: [""]),
                authority: FixedAuthority(),
                clock: .real,
                observer: observer,
                settings: settings
            )
        }

        func run() async {
            await withTaskGroup { group in
                group.addTask { await client.run() }
                _ = await client.waitUntilAvailable(until: .now + .seconds(60))
                await runner.run()
                group.cancelAll()
            }
        }
    }

    private struct Scene: Sendable {
        let servers: TestServers
        let worker: EchoingWorker
        let jobsLeft = JobsLeft()
        let letters: PostgresDeadLetterStore
        let jobs: PostgresReplayJobStore

        /// Orders the replay of so many letters that came by the worker's queue.
        func order(_ count: Int, by queue: ShortString, rate: Double) async throws -> ReplayJobID {
            let arrived = (0..<count).map { number in
                let letter = Sample.letter("letter-\(number)")
                return ArrivedLetter(
                    id: letter.id,
                    message: letter.message,
                    command: letter.command,
                    failure: letter.failure,
                    origin: LetterOrigin(exchange: "", routingKey: queue.description, userID: nil),
                    caller: letter.caller,
                    topic: letter.topic
                )
            }
            _ = try await letters.keep(arrived, at: Sample.moment)
            let plan = ReplayPlan(
                id: .random(),
                selection: .matching(LetterFilter()),
                reason: "the release was mended",
                rate: rate,
                orderedBy: Sample.operator(),
                orderedAt: Sample.moment
            )
            let audit = AuditEntry(at: Sample.moment, actor: AuditActor(plan.orderedBy), action: .orderReplay)
            return try #require(try await jobs.create(plan, audit: audit).job).id
        }

        func console(_ name: String) throws -> Console {
            try Console(servers, name: name, observer: jobsLeft)
        }

        func ended(_ id: ReplayJobID) async throws -> ReplayJob {
            await jobsLeft.waitUntilEnded(id)
            return try #require(try await jobs.job(id, within: .all))
        }
    }

    private func with(_ body: (Scene, ShortString) async throws -> Void) async throws {
        try await TestServers.with { servers in
            try await servers.withQueue { queue in
                let connection = try servers.connect()
                let worker = EchoingWorker(servers.broker, queue)
                let working = Task { await worker.run() }
                let scene = Scene(
                    servers: servers,
                    worker: worker,
                    letters: PostgresDeadLetterStore(connection, limit: .seconds(60)),
                    jobs: PostgresReplayJobStore(connection, limit: .seconds(60))
                )
                let outcome: Result<Void, any Error>
                do { outcome = .success(try await body(scene, queue)) } catch { outcome = .failure(error) }
                working.cancel()
                await working.value
                await connection.close()
                try outcome.get()
            }
        }
    }

    @Test func twoConsolesSendEveryMessageOnce() async throws {
        try await with { scene, queue in
            let consoles = try ["one", "two"].map(scene.console)
            let tasks = consoles.map { console in Task { await console.run() } }
            let id = try await scene.order(60, by: queue, rate: 200)
            let job = try await scene.ended(id)
            #expect(job.state == .finished)
            #expect(job.counts == ReplayCounts(succeeded: 60))
            let received = scene.worker.received.current
            #expect(received.count == 60)
            #expect(Set(received).count == 60)
            for task in tasks { task.cancel() }
            for task in tasks { await task.value }
            for console in consoles { await console.connection.close() }
        }
    }

    @Test func aJobSurvivesItsConsole() async throws {
        try await with { scene, queue in
            let first = try scene.console("first")
            let running = Task { await first.run() }
            let id = try await scene.order(60, by: queue, rate: 40)
            await scene.worker.waitUntilReceived(10)
            running.cancel()
            await running.value
            await first.connection.close()
            let left = try #require(try await scene.jobs.job(id, within: .all))
            #expect(left.state == .running)
            #expect(left.counts.waiting > 0)

            let second = try scene.console("second")
            let again = Task { await second.run() }
            let job = try await scene.ended(id)
            #expect(job.counts == ReplayCounts(succeeded: 60))
            let records = try await scene.jobs.records(of: id, states: [], after: 0, limit: 100)
            let received = scene.worker.received.current
            #expect(Set(received).count == 60)
            // What was in doubt was sent again, which its idempotency key makes harmless; nothing else was.
            #expect(received.count <= records.map(\.sends).reduce(0, +))
            again.cancel()
            await again.value
            await second.connection.close()
            let audit = PostgresAuditLog(try scene.servers.connect(), limit: .seconds(60))
            #expect(try await audit.verify().breach == nil)
        }
    }
}
