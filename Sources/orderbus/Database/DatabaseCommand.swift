import ArgumentParser

/// `orderbus database`: the schema that orders are stored in.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "database",
        abstract: "Bring the database's schema up to date, or show how it stands.",
        discussion: """
            DATABASE_URL names the database, for example postgresql://orderbus:PASSWORD@127.0.0.1:5432/orderbus; the \
            database and its role must exist. The schema's history is kept in the table orderbus_migrations.
            """,
        subcommands: [DatabaseMigrateCommand.self, DatabaseStatusCommand.self]
    )
}
