import ArgumentParser

/// `orderbus dead`: finds, mends, replays and discards dead letters.
struct DeadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead",
        abstract: "Dead letters: find, show, replay, mend, discard, take out and bring back.",
        discussion: """
            Speaks with orderbus console at CONSOLE_URL (default http://127.0.0.1:3001) as the operator whose token is \
            ORDERBUS_TOKEN; CONSOLE_CA_FILE names who signed the console's certificate where that is nobody whom the \
            system knows. Only drain needs no console: it takes the queue from CONSOLE_AMQP_URL, else AMQP_URL, \
            straight into files.

              orderbus dead groups
              orderbus dead replay --group dg_… --reason "mended in 1.4.3" --dry-run
              orderbus dead replay --group dg_… --reason "mended in 1.4.3" --wait

            Exit code 3 where some of it was done.
            """,
        subcommands: [
            DeadGroupsCommand.self, DeadListCommand.self, DeadShowCommand.self, DeadReplayCommand.self,
            DeadJobsCommand.self, DeadEditCommand.self, DeadMigrateCommand.self, DeadDiscardCommand.self,
            DeadRestoreCommand.self, DeadExportCommand.self, DeadImportCommand.self, DeadNoteCommand.self,
            DeadDrainCommand.self,
        ]
    )
}
