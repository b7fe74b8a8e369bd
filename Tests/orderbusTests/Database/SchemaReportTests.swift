import Testing
import orderbus

@testable import Postgres

@Suite struct SchemaReportTests {
    private func status(_ version: Int32, _ state: MigrationStatus.State) -> MigrationStatus {
        MigrationStatus(
            version: version,
            name: "step\(version)",
            state: state,
            appliedAt: state == .pending ? nil : 1_766_785_510_123_000
        )
    }

    @Test func aSchemaWithEverythingAppliedIsCurrent() {
        let report = SchemaReport([status(1, .applied), status(2, .applied)])
        #expect(report.isCurrent)
        #expect(report.version == 2)
        #expect(report.advice.isEmpty)
        #expect(
            report.table.text(as: .table) == """
                VERSION  NAME   STATE    APPLIED AT
                      1  step1  applied  2025-12-26T21:45:10.123Z
                      2  step2  applied  2025-12-26T21:45:10.123Z

                """
        )
    }

    @Test func whatIsMissingIsToBeMigrated() {
        let report = SchemaReport([status(1, .applied), status(2, .pending)])
        #expect(!report.isCurrent)
        #expect(report.version == 1)
        #expect(report.advice == ["the schema lacks migrations: run orderbus database migrate"])
    }

    @Test func aNewerSchemaAsksForANewerProgram() throws {
        let report = SchemaReport([status(1, .applied), status(7, .unknown)])
        #expect(!report.isCurrent)
        #expect(try #require(report.advice.first).contains("version 7, which this program does not know"))
    }

    @Test func failuresOfTheDatabaseSayWhatToDoAndHideThePassword() {
        var error = PostgresError(.connectionFailed, "database \"orders\" does not exist")
        error.sqlState = SQLState(rawValue: "3D000")
        let text = DatabaseFailure(error, url: "postgresql://me:secret@db/orders").explanation.text()
        #expect(text.contains("createdb"))
        #expect(text.contains("postgresql://me:***@db/orders"))
        #expect(!text.contains("secret"))
    }
}
