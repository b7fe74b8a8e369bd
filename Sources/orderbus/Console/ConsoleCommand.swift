import ArgumentParser
internal import Telemetry

/// `orderbus console`: keeps dead letters, shows them to operators, and sends them again.
struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console",
        abstract: "Keep dead letters, and let operators find, mend, replay or discard them.",
        discussion: """
            Settings come from the environment, or from files named by NAME_FILE: CONSOLE_AMQP_URL or AMQP_URL (of the \
            broker's user console), DATABASE_URL, OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_FILE or OIDC_JWKS_URL are \
            what it needs; it listens on CONSOLE_HOST and CONSOLE_PORT. The README lists them all.
            SIGTERM ends it; replays that are under way go on after the next start.
            """
    )

    func run() async throws {
        let loaded = try Settings.load(from: Settings.environment, ConsoleProgramSettings.init)
        let sink = loaded.value.log.makeSink(warnings: loaded.warnings)
        defer { sink.finish() }
        try await ConsoleProgram(loaded.value, sink: sink).run()
    }
}
