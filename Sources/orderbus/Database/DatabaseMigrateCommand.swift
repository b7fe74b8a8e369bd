import ArgumentParser
internal import OrderStorage
internal import Postgres

/// `orderbus database migrate`: applies what the schema lacks.
struct DatabaseMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Apply the migrations that the schema lacks, and print them.",
        discussion: """
            Each migration is a transaction of its own. Several programs may do this at the same moment: one goes \
            first, the others wait for it and find nothing left to do. A schema that a newer orderbus has changed is \
            left alone.
            """
    )

    @Option(help: "How long it may take in all, waiting for others included: s, m or h.")
    var timeout = SignedDuration(.seconds(600))

    func validate() throws {
        guard timeout.duration > .zero else { throw ValidationError("--timeout must be more than 0s") }
    }

    func run() async throws {
        let limit = timeout.duration
        let applied = try await DatabaseSession.withSession(statementsWithin: limit) { session in
            try await OrderSchema.runner.migrate(session.connection, within: limit)
        }
        for migration in applied {
            StandardStream.output.write("applied \(migration.version) \(migration.name)\n")
        }
        if applied.isEmpty {
            let newest = OrderSchema.migrations.map(\.version).max() ?? 0
            StandardStream.output.write("nothing to do: the schema is at version \(newest)\n")
        }
    }
}
