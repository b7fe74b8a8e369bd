import ArgumentParser
internal import Telemetry

/// `orderbus worker`: takes commands from the queues, stores them, answers.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Take order commands from the queues, store them exactly once, answer and publish events.",
        discussion: """
            Settings come from the environment, or from files named by NAME_FILE: AMQP_URL, DATABASE_URL, OIDC_ISSUER, \
            OIDC_AUDIENCE and OIDC_JWKS_FILE or OIDC_JWKS_URL are what it needs; the README lists them all.
            SIGTERM ends it after the work in hand; a second signal ends it at once.
            """
    )

    func run() async throws {
        let loaded = try Settings.load(from: Settings.environment, WorkerProgramSettings.init)
        let sink = loaded.value.log.makeSink(warnings: loaded.warnings)
        defer { sink.finish() }
        try await WorkerProgram(loaded.value, sink: sink).run()
    }
}
