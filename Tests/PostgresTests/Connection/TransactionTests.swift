import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct TransactionTests {
    private struct Refused: Error {}

    private let insert = Statement("insert", parameters: [.int8], "INSERT INTO t VALUES ($1) RETURNING id")
    private let count = Statement("count", "SELECT count(*) FROM t")

    private func withTable(_ body: (Connection) async throws -> Void) async throws {
        try await TestDatabase.withSchema { _, connection in
            try await connection.execute(script: "CREATE TABLE t (id int8 PRIMARY KEY)", within: .seconds(40))
            try await body(connection)
        }
    }

    @Test func bodyThatReturnsCommits() async throws {
        try await withTable { connection in
            let id = try await connection.withTransaction(within: .seconds(40)) { transaction in
                let rows = try await transaction.run(Batch(insert, [.int8(7)]))
                _ = try await transaction.run(Batch(insert, [.int8(8)]))
                return try rows.first?.first?.int64(0)
            }
            #expect(id == 7)
            #expect(try await connection.int("SELECT count(*) FROM t") == 2)
        }
    }

    @Test func bodyThatThrowsRollsBack() async throws {
        try await withTable { connection in
            await #expect(throws: Refused.self) {
                try await connection.withTransaction(within: .seconds(40)) { transaction in
                    _ = try await transaction.run(Batch(insert, [.int8(7)]))
                    throw Refused()
                }
            }
            let stored = try await connection.int("SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test func lastBatchCanCommit() async throws {
        try await withTable { connection in
            try await connection.withTransaction(within: .seconds(40)) { transaction in
                _ = try await transaction.commit(after: Batch(insert, [.int8(7)]))
                let late = await postgresError { _ = try await transaction.run(Batch(insert, [.int8(8)])) }
                #expect(late?.code == .invalidArgument)
            }
            #expect(try await connection.int("SELECT count(*) FROM t") == 1)
        }
    }

    /// Symptom: the server answers such a COMMIT with ROLLBACK and no error.
    @Test func swallowedErrorIsNotACommit() async throws {
        try await withTable { connection in
            let error = await postgresError {
                try await connection.withTransaction(within: .seconds(40)) { transaction in
                    _ = try await transaction.run(Batch(insert, [.int8(7)]))
                    _ = try? await transaction.run(Batch(insert, [.int8(7)]))
                }
            }
            #expect(error?.code == .transactionAborted)
            let stored = try await connection.int("SELECT count(*) FROM t")
            #expect(stored == 0)
        }
    }

    @Test func nobodyElseGetsBetweenTheStatements() async throws {
        try await withTable { connection in
            let (insert, count) = (insert, count)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id: Int64 in 0..<50 {
                    group.addTask {
                        try await connection.withTransaction(within: .seconds(60)) { transaction in
                            let before = try await transaction.run(Batch(count)).first?.first?.int64(0)
                            _ = try await transaction.run(Batch(insert, [.int8(id)]))
                            let after = try await transaction.run(Batch(count)).first?.first?.int64(0)
                            #expect(after == before.map { $0 + 1 })
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func cancelledTransactionIsRolledBackAndTheConnectionGoesOn() async throws {
        try await withTable { connection in
            let insert = insert
            let pid = try await connection.backend
            let observer = try TestDatabase.connection()
            let task = Task {
                try await connection.withTransaction(within: .seconds(30)) { transaction in
                    _ = try await transaction.run(Batch(insert, [.int8(7)]))
                    _ = try await transaction.run(Batch(Statement("sleep", "SELECT pg_sleep(30)")))
                }
            }
            while try await !observer.isSleeping(pid: pid) {}
            task.cancel()
            await #expect(throws: PostgresError.self) { try await task.value }
            let stored = try await connection.int("SELECT count(*) FROM t")
            #expect(stored == 0)
            #expect(try await connection.backend == pid)
            await observer.close()
        }
    }

    @Test func connectionLostInsideIsNotReplacedHalfWay() async throws {
        try await withTable { connection in
            let pid = try await connection.backend
            let observer = try TestDatabase.connection()
            let error = await postgresError {
                try await connection.withTransaction(within: .seconds(60)) { transaction in
                    _ = try await transaction.run(Batch(insert, [.int8(7)]))
                    _ = try await observer.rows("SELECT pg_terminate_backend($1, 5000)", [.int4(pid)])
                    _ = try? await transaction.run(Batch(insert, [.int8(8)]))
                    _ = try await transaction.run(Batch(insert, [.int8(9)]))
                }
            }
            #expect(error?.code == .connectionLost)
            let stored = try await connection.int("SELECT count(*) FROM t")
            #expect(stored == 0)
            await observer.close()
        }
    }
}
