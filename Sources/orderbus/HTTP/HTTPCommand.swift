import ArgumentParser
internal import Telemetry

/// `orderbus http`: puts REST calls on the bus.
struct HTTPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "http",
        abstract: "Answer REST calls by sending commands and waiting for their replies.",
        discussion: """
            Settings come from the environment, or from files named by NAME_FILE: AMQP_URL (of a user who may send \
            commands), OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_FILE or OIDC_JWKS_URL are what it needs; it listens on \
            HTTP_HOST and PORT. The README lists them all.
            SIGTERM ends it after the requests in hand; a second signal ends it at once.
            """
    )

    func run() async throws {
        let loaded = try Settings.load(from: Settings.environment, HTTPProgramSettings.init)
        let sink = loaded.value.log.makeSink(warnings: loaded.warnings)
        defer { sink.finish() }
        try await HTTPProgram(loaded.value, sink: sink).run()
    }
}
