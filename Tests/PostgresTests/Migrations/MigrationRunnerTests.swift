import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct MigrationRunnerTests {
    private let first = Migration(version: 1, name: "first", sql: "CREATE TABLE a (id int8); CREATE TABLE b (id int8);")
    private let second = Migration(version: 2, name: "second", sql: "-- two\nINSERT INTO a VALUES (1), (2)")

    @Test func migrationsAreAppliedOnceAndInOrder() async throws {
        try await TestDatabase.withSchema { _, connection in
            let runner = MigrationRunner([second, first])
            #expect(try await runner.status(connection, within: .seconds(40)).map(\.state) == [.pending, .pending])
            await #expect(throws: PostgresError.self) {
                try await runner.requireCurrent(connection, within: .seconds(40))
            }
            #expect(try await runner.migrate(connection, within: .seconds(40)).map(\.version) == [1, 2])
            #expect(try await runner.migrate(connection, within: .seconds(40)).isEmpty)
            #expect(try await connection.int("SELECT count(*) FROM a") == 2)
            let statuses = try await runner.status(connection, within: .seconds(40))
            #expect(statuses.map(\.state) == [.applied, .applied])
            #expect(statuses.map(\.name) == ["first", "second"])
            try await runner.requireCurrent(connection, within: .seconds(40))
        }
    }

    @Test func programsThatStartTogetherApplyEachMigrationOnce() async throws {
        try await TestDatabase.withSchema { schema, connection in
            let runner = MigrationRunner([first, second])
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        let other = try TestDatabase.connection(schema: schema)
                        defer { Task { await other.close() } }
                        return try await runner.migrate(other, within: .seconds(60)).count
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts.sorted() == [0, 0, 0, 2])
            #expect(try await connection.int("SELECT count(*) FROM a") == 2)
        }
    }

    /// Symptom: a run that had lost its session, and the lock with it, went on in another session beside a second run.
    @Test func runThatHasLostItsLockToAnotherEnds() async throws {
        try await TestDatabase.withSchema { schema, connection in
            let key = "x'6f72646572627573'::bigint"
            let other = try TestDatabase.connection(schema: schema)
            let (runner, waiter) = (try await connection.backend, try await other.backend)
            // Loses the lock as a lost session would, once the other waits for it.
            let losing = Migration(
                version: 1,
                name: "losing",
                sql: """
                    DO $$ BEGIN
                        WHILE NOT EXISTS (
                            SELECT FROM pg_locks WHERE pid = \(waiter) AND NOT granted
                        ) LOOP END LOOP;
                        PERFORM pg_advisory_unlock_all();
                    END $$
                    """
            )
            let next = Migration(version: 2, name: "next", sql: "SELECT 1")
            async let taken: Void = other.execute(
                script: """
                    SET lock_timeout = 0;
                    DO $$ BEGIN
                        WHILE NOT EXISTS (
                            SELECT FROM pg_locks
                            WHERE pid = \(runner) AND locktype = 'advisory' AND granted
                        ) LOOP END LOOP;
                    END $$;
                    SELECT pg_advisory_lock(\(key))
                    """,
                within: .seconds(60)
            )
            let error = await postgresError {
                _ = try await MigrationRunner([losing, next]).migrate(connection, within: .seconds(40))
            }
            try await taken
            await other.close()
            #expect(error?.code == .connectionLost)
            #expect(try await connection.int("SELECT count(*) FROM orderbus_migrations") == 1)
        }
    }

    @Test func failedMigrationLeavesNothingBehind() async throws {
        try await TestDatabase.withSchema { _, connection in
            let broken = Migration(version: 2, name: "broken", sql: "CREATE TABLE c (id int8); SELECT 1 / 0")
            let error = await postgresError {
                _ = try await MigrationRunner([first, broken]).migrate(connection, within: .seconds(40))
            }
            #expect(error?.sqlState == SQLState(rawValue: "22012"))
            #expect(try await connection.rows("SELECT to_regclass('c') IS NULL").first?.bool(0) == true)
            let applied = try await MigrationRunner([first, second]).migrate(connection, within: .seconds(40))
            #expect(applied.map(\.version) == [2])
        }
    }

    @Test func newerSchemaIsRefused() async throws {
        try await TestDatabase.withSchema { _, connection in
            _ = try await MigrationRunner([first, second]).migrate(connection, within: .seconds(40))
            let older = MigrationRunner([first])
            let error = await postgresError { _ = try await older.migrate(connection, within: .seconds(40)) }
            #expect(error?.code == .migrationRefused)
            #expect(error?.failureClass == .misconfigured)
            #expect(error?.message.contains("second") == true)
            #expect(try await older.status(connection, within: .seconds(40)).map(\.state) == [.applied, .unknown])
        }
    }

    @Test func changedTextIsRefused() async throws {
        try await TestDatabase.withSchema { _, connection in
            _ = try await MigrationRunner([first]).migrate(connection, within: .seconds(40))
            let changed = Migration(version: 1, name: "first", sql: first.sql + " ")
            let error = await postgresError {
                _ = try await MigrationRunner([changed, second]).migrate(connection, within: .seconds(40))
            }
            #expect(error?.code == .migrationRefused)
            #expect(try await connection.int("SELECT count(*) FROM orderbus_migrations") == 1)
        }
    }
}
