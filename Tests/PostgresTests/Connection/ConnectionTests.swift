import Postgres
import Testing
import ThreadExecutor

/// One test after the other: all at once would take more sessions than a server of default settings has.
@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)), .serialized)
struct ConnectionTests {
    @Test func sessionHasItsSettings() async throws {
        let connection = try TestDatabase.connection(schema: #""with space""#)
        let row = try #require(
            try await connection.rows(
                """
                SELECT current_setting('application_name'), current_setting('synchronous_commit'),
                    current_setting('plan_cache_mode'), current_setting('search_path'),
                    current_setting('statement_timeout'), current_setting('client_encoding')
                """
            ).first
        )
        #expect(try row.string(0) == "postgres-tests")
        #expect(try row.string(1) == "on")
        #expect(try row.string(2) == "force_generic_plan")
        #expect(try row.string(3) == #""with space""#)
        #expect(try row.string(4) == "30s")
        #expect(try row.string(5) == "UTF8")
        await connection.close()
    }

    @Test func failedStatementRollsTheBatchBackAndTheConnectionGoesOn() async throws {
        try await TestDatabase.withSchema { _, connection in
            try await connection.execute(
                script: "CREATE TABLE t (id int8 CONSTRAINT t_key PRIMARY KEY)",
                within: .seconds(40)
            )
            let insert = Statement("insert", parameters: [.int8], "INSERT INTO t VALUES ($1)")
            var batch = Batch()
            for id: Int64 in [1, 2, 1, 3] { batch.add(insert, [.int8(id)]) }
            let error = await postgresError { _ = try await connection.run(batch, within: .seconds(40)) }
            #expect(error?.code == .server(.uniqueViolation))
            #expect(error?.constraint == "t_key")
            #expect(error?.table == "t")
            #expect(error?.statement == "insert")
            #expect(error?.failureClass == .rejected)
            #expect(try await connection.int("SELECT count(*) FROM t") == 0)
            #expect(await connection.isConnected)
        }
    }

    @Test func sessionThatMayOnlyReadIsGivenUp() async throws {
        try await TestDatabase.withSchema { _, connection in
            try await connection.execute(script: "CREATE TABLE t (id int8)", within: .seconds(40))
            try await connection.execute(
                script: "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                within: .seconds(40)
            )
            let insert = Batch(Statement("insert", "INSERT INTO t VALUES (1)"))
            let error = await postgresError { _ = try await connection.run(insert, within: .seconds(40)) }
            #expect(error?.sqlState == .readOnlyTransaction)
            #expect(error?.failureClass == .unavailable)
            _ = try await connection.run(insert, within: .seconds(40))
            #expect(try await connection.int("SELECT count(*) FROM t") == 1)
        }
    }

    @Test func batchReturnsTheRowsOfEachStatementInOrder() async throws {
        let connection = try TestDatabase.connection()
        let series = Statement("series", parameters: [.int8], "SELECT generate_series(1, $1)")
        var batch = Batch()
        for count: Int64 in [3, 0, 5] { batch.add(series, [.int8(count)]) }
        let results = try await connection.run(batch, within: .seconds(40))
        #expect(results.map(\.count) == [3, 0, 5])
        #expect(try results.last?.map { try $0.int64(0) } == [1, 2, 3, 4, 5])
        await connection.close()
    }

    @Test func failureAtCommitIsReported() async throws {
        try await TestDatabase.withSchema { _, connection in
            try await connection.execute(
                script: "CREATE TABLE t (id int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                within: .seconds(40)
            )
            let insert = Statement("twice", "INSERT INTO t VALUES (1), (1)")
            let error = await postgresError { _ = try await connection.run(Batch(insert), within: .seconds(40)) }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(try await connection.int("SELECT count(*) FROM t") == 0)
        }
    }

    @Test func preparedStatementSurvivesAChangeOfTheSchema() async throws {
        try await TestDatabase.withSchema { _, connection in
            try await connection.execute(script: "CREATE TABLE t (a int8)", within: .seconds(40))
            let all = Statement("all", "SELECT * FROM t")
            _ = try await connection.run(Batch(all), within: .seconds(40))
            try await connection.execute(
                script: "ALTER TABLE t ALTER a TYPE text; INSERT INTO t VALUES ('x')",
                within: .seconds(40)
            )
            let rows = try await connection.run(Batch(all), within: .seconds(40))
            #expect(try rows.first?.first?.string(0) == "x")
            try await connection.execute(script: "DEALLOCATE ALL", within: .seconds(40))
            #expect(try await connection.run(Batch(all), within: .seconds(40)).first?.count == 1)
        }
    }

    @Test func concurrentCallersAreServedOneAfterTheOther() async throws {
        let connection = try TestDatabase.connection()
        let sums = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<200 {
                group.addTask { try await connection.int("SELECT $1 + 1", [.int8(Int64(number))]) }
            }
            return try await group.reduce(0, +)
        }
        #expect(sums == 200 * 201 / 2)
        await connection.close()
    }

    /// Both sides have more to say than the sockets' buffers hold, so either would wait for the other to read.
    @Test func fiftyMegabytesGoThroughOneBatch() async throws {
        let connection = try TestDatabase.connection()
        let echo = Statement("echo", parameters: [.bytea], "SELECT $1")
        let blob = [UInt8](repeating: 7, count: 1 << 20)
        var batch = Batch()
        for _ in 0..<50 { batch.add(echo, [.bytea(blob)]) }
        let results = try await connection.run(batch, within: .seconds(50))
        #expect(results.count == 50)
        #expect(try results.allSatisfy { try $0.first?.bytes(0).count == 1 << 20 })
        await connection.close()
    }

    @Test func closedConnectionRefusesWork() async throws {
        let connection = try TestDatabase.connection()
        let pid = try await connection.backend
        async let pending = postgresError { _ = try await connection.rows("SELECT pg_sleep(30)") }
        async let waiting = postgresError { _ = try await connection.rows("SELECT pg_sleep(30)") }
        let observer = try TestDatabase.connection()
        while try await !observer.isSleeping(pid: pid) {}
        await connection.close()
        #expect(await pending?.code == .closed)
        #expect(await waiting?.code == .closed)
        #expect(await postgresError { _ = try await connection.rows("SELECT 1") }?.code == .closed)
        #expect(await !connection.isConnected)
        await observer.close()
    }

    @Test func messagesOfDataErrorsHideTheValue() async throws {
        let connection = try TestDatabase.connection()
        let error = await postgresError {
            _ = try await connection.rows("SELECT $1::text::uuid", [.text("secret \"value\" here")])
        }
        #expect(error?.failureClass == .rejected)
        #expect(error?.description.contains("secret") == false)
        #expect(error?.description.contains("value\"") == false)
        await connection.close()
    }
}
