import Postgres
import Testing
import ThreadExecutor

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct InterruptionTests {
    private let sleep = Statement("sleep", parameters: [.int4], "SELECT pg_sleep($1)")

    @Test func deadlineCancelsOnTheServerAndKeepsTheConnection() async throws {
        let connection = try TestDatabase.connection()
        let before = try await connection.backend
        let start = ContinuousClock.now
        let error = await postgresError {
            _ = try await connection.run(Batch(sleep, [.int4(30)]), within: .milliseconds(100))
        }
        #expect(error?.code == .timedOut)
        #expect(error?.sqlState == .queryCancelled)
        #expect(error?.failureClass == .unavailable)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(try await connection.backend == before)
        await connection.close()
    }

    @Test func deadlineCountsTheWaitForTheTurn() async throws {
        let connection = try TestDatabase.connection()
        let pid = try await connection.backend
        let observer = try TestDatabase.connection()
        let sleep = sleep
        let first = Task {
            await postgresError { _ = try await connection.run(Batch(sleep, [.int4(30)]), within: .seconds(60)) }
        }
        while try await !observer.isSleeping(pid: pid) {}
        let second = await postgresError {
            _ = try await connection.run(Batch(sleep, [.int4(0)]), within: .milliseconds(50))
        }
        #expect(second?.code == .timedOut)
        #expect(second?.sqlState == nil)
        #expect(try await observer.isSleeping(pid: pid))
        first.cancel()
        #expect(await first.value?.code == .cancelled)
        await connection.close()
        await observer.close()
    }

    @Test func cancelledTaskCancelsOnTheServer() async throws {
        let connection = try TestDatabase.connection()
        let pid = try await connection.backend
        let observer = try TestDatabase.connection()
        let sleep = sleep
        let task = Task {
            await postgresError { _ = try await connection.run(Batch(sleep, [.int4(30)]), within: .seconds(30)) }
        }
        while try await !observer.isSleeping(pid: pid) {}
        task.cancel()
        let error = await task.value
        #expect(error?.code == .cancelled)
        #expect(error?.failureClass == .interrupted)
        #expect(try await connection.backend == pid)
        await connection.close()
        await observer.close()
    }

    @Test func backendKilledInUseIsAnOutageAndTheNextUseReconnects() async throws {
        let connection = try TestDatabase.connection()
        let pid = try await connection.backend
        let observer = try TestDatabase.connection()
        async let pending = postgresError {
            _ = try await connection.run(Batch(sleep, [.int4(30)]), within: .seconds(30))
        }
        while try await !observer.isSleeping(pid: pid) {}
        _ = try await observer.rows("SELECT pg_terminate_backend($1)", [.int4(pid)])
        let error = await pending
        #expect(error?.code == .connectionLost)
        #expect(error?.sqlState == .adminShutdown)
        #expect(error?.failureClass == .unavailable)
        #expect(await !connection.isConnected)
        #expect(try await connection.backend != pid)
        await connection.close()
        await observer.close()
    }

    @Test func backendKilledWhileIdleIsReplacedUnnoticed() async throws {
        let connection = try TestDatabase.connection()
        let pid = try await connection.backend
        let observer = try TestDatabase.connection()
        // With a timeout it returns once the process is gone, and so its end of the socket.
        _ = try await observer.rows("SELECT pg_terminate_backend($1, 5000)", [.int4(pid)])
        #expect(try await connection.backend != pid)
        await connection.close()
        await observer.close()
    }

    @Test func nobodyListeningIsAnOutage() async throws {
        let settings = PostgresSettings(connectionString: "postgresql://u:hunter2@127.0.0.1:1/x")
        let connection = try Connection(settings, on: ThreadExecutor(name: "test"))
        let error = await postgresError { try await connection.connect(within: .seconds(40)) }
        #expect(error?.code == .connectionFailed)
        #expect(error?.failureClass == .unavailable)
        #expect(error?.description.contains("127.0.0.1:1") == true)
        #expect(error?.description.contains("hunter2") == false)
    }

    @Test func secondHostIsUsedWhenTheFirstIsDown() async throws {
        let url = try TestDatabase.settings().connectionString
        let parts = url.split(separator: "@", maxSplits: 1)
        try #require(parts.count == 2 && url.contains("://") && !parts[1].contains(","), "names no single host")
        let settings = PostgresSettings(connectionString: "\(parts[0])@127.0.0.1:1,\(parts[1])")
        let connection = try Connection(settings, on: ThreadExecutor(name: "test"))
        try await connection.connect(within: .seconds(40))
        #expect(await connection.isConnected)
        await connection.close()
    }

    @Test func unknownDatabaseIsOurMisconfiguration() async throws {
        let url = try TestDatabase.settings().connectionString
        try #require(url.contains("://"))
        let separator = url.contains("?") ? "&" : "?"
        let settings = PostgresSettings(connectionString: "\(url)\(separator)dbname=nowhere_to_be_found")
        let connection = try Connection(settings, on: ThreadExecutor(name: "test"))
        let error = await postgresError { try await connection.connect(within: .seconds(40)) }
        #expect(error?.code == .connectionFailed)
        #expect(error?.sqlState == SQLState(rawValue: "3D000"))
        #expect(error?.failureClass == .misconfigured)
    }

    @Test func silentServerIsGivenUpAtTheDeadline() async throws {
        let server = try SilentServer()
        let settings = PostgresSettings(connectionString: "postgresql://u@127.0.0.1:\(server.port)/x")
        let connection = try Connection(settings, on: ThreadExecutor(name: "test"))
        let error = await postgresError { try await connection.connect(within: .milliseconds(100)) }
        #expect(error?.code == .timedOut)
        server.close()
    }
}
