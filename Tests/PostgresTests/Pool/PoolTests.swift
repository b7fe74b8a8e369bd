import Postgres
import Testing
import ThreadExecutor

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct PoolTests {
    private func makePool() throws -> Pool {
        let executor = ThreadExecutor(name: "pool")
        return try Pool(TestDatabase.settings(), on: [executor, executor, ThreadExecutor(name: "pool-2")])
    }

    @Test func manyUsersShareFewConnections() async throws {
        let pool = try makePool()
        let backends = try await withThrowingTaskGroup(of: Int32.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await pool.withConnection(within: .seconds(60)) { try await $0.backend }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect((1...3).contains(backends.count))
        await pool.close()
    }

    @Test func leaseWaitsNoLongerThanItsDeadline() async throws {
        let pool = try Pool(TestDatabase.settings(), on: [ThreadExecutor(name: "pool")])
        try await pool.withConnection(within: .seconds(40)) { _ in
            let error = await postgresError {
                try await pool.withConnection(within: .milliseconds(50)) { _ in }
            }
            #expect(error?.code == .timedOut)
        }
        await pool.close()
        #expect(await postgresError { try await pool.withConnection(within: .seconds(1)) { _ in } }?.code == .closed)
    }

    @Test func brokenConnectionIsReplaced() async throws {
        let pool = try Pool(TestDatabase.settings(), on: [ThreadExecutor(name: "pool")])
        let observer = try TestDatabase.connection()
        let error = await postgresError {
            try await pool.withConnection(within: .seconds(40)) { connection in
                let pid = try await connection.backend
                _ = try await connection.rows("SELECT pg_terminate_backend($1)", [.int4(pid)])
            }
        }
        #expect(error?.failureClass == .unavailable)
        let pid = try await pool.withConnection(within: .seconds(40)) { try await $0.backend }
        #expect(pid > 0)
        await pool.close()
        await observer.close()
    }
}
