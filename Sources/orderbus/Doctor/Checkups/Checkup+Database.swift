internal import OrderStorage
internal import Postgres
internal import ThreadExecutor

extension Checkup {
    private static let facts = Statement(
        "doctor_facts",
        """
        SELECT current_setting('server_version_num')::int4, current_setting('fsync'),
            current_setting('full_page_writes'), current_setting('synchronous_commit'),
            pg_is_in_recovery(), clock_timestamp()
        """
    )

    /// Whether the database can be used, keeps what it acknowledges, and has the schema.
    static var database: Checkup {
        with("database", DatabaseSettings.init) { database in
            var settings = PostgresSettings(connectionString: database.url)
            settings.applicationName = "orderbus doctor"
            do {
                let connection = try Postgres.Connection(settings, on: ThreadExecutor(name: "doctor"))
                try await connection.connect(within: .seconds(10))
                var results = [CheckResult("database", .ok, "connected to \(MaskedURL.mask(database.url))")]
                results += try await readFacts(connection).checks
                let statuses = try await OrderSchema.runner.status(connection, within: .seconds(10))
                results.append(schemaCheck(SchemaReport(statuses)))
                await connection.close()
                return results
            } catch let error as PostgresError {
                let explanation = DatabaseFailure(error, url: database.url).explanation
                return [CheckResult("database", failedWith: explanation)]
            } catch {
                return [CheckResult("database", .failed, "\(error)")]
            }
        }
    }

    private static func readFacts(_ connection: Postgres.Connection) async throws -> DatabaseFacts {
        let before = SystemTime.microseconds
        let rows = try await connection.run(Batch(facts), within: .seconds(10))
        let after = SystemTime.microseconds
        guard let row = rows.first?.first else {
            throw PostgresError(.unexpectedResult, "the server told nothing of itself")
        }
        let skew = try row.unixMicroseconds(5) - (before + (after - before) / 2)
        return DatabaseFacts(
            version: Int(try row.int32(0)),
            fsync: try row.string(1),
            fullPageWrites: try row.string(2),
            synchronousCommit: try row.string(3),
            isStandby: try row.bool(4),
            clockSkew: .microseconds(skew)
        )
    }

    private static func schemaCheck(_ report: SchemaReport) -> CheckResult {
        if report.isCurrent { return CheckResult("database schema", .ok, "current, version \(report.version)") }
        return CheckResult(
            "database schema",
            .failed,
            "version \(report.version), not what this program needs",
            advice: report.advice.joined(separator: "\n")
        )
    }
}
