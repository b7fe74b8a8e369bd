import ArgumentParser
internal import OrderStorage
internal import Postgres

/// `orderbus database status`: lists the migrations; fails where the schema is not what this program needs.
struct DatabaseStatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "List the migrations that are applied, pending, changed or unknown.",
        discussion: """
            Exit codes: 0 the schema is what this program needs; 1 something is missing, was changed, or comes from a \
            newer orderbus, or the database cannot be asked.
            """
    )

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let statuses = try await DatabaseSession.withSession { session in
            try await OrderSchema.runner.status(session.connection, within: .seconds(30))
        }
        let report = SchemaReport(statuses)
        StandardStream.output.write(report.table.text(as: output.format))
        guard !report.isCurrent else { return }
        for line in report.advice { StandardStream.error.write(line + "\n") }
        throw ExitStatus.failed.exit
    }
}
