import ArgumentParser

/// `orderbus doctor`: looks at a deployment with the worker's settings and says what to do.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check a deployment with the worker's settings, and say what to do about what is wrong.",
        discussion: """
            Looks at the settings, the broker and its queues, the database and its schema, the issuer's keys and the \
            clocks; with AMQP_MANAGEMENT_URL also at the topology in full and at alarms, with WORKER_ADMIN_URL at a \
            worker's own readiness. Changes nothing.

              source .run/env && orderbus doctor

            Exit codes: 0 nothing failed (there may be warnings), 1 something did.
            """
    )

    @Option(help: "How long each part may take: s or m.")
    var timeout = SignedDuration(.seconds(20))

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard timeout.duration > .zero else { throw ValidationError("--timeout must be more than 0s") }
    }

    func run() async throws {
        let limit = timeout.duration
        let checkups: [Checkup] = [.settings, .broker, .management, .database, .keys, .worker]
        let results = await withTaskGroup(of: (Int, [CheckResult]).self) { group in
            for (index, checkup) in checkups.enumerated() {
                group.addTask { (index, await checkup.results(within: limit)) }
            }
            var results = Array(repeating: [CheckResult](), count: checkups.count)
            for await (index, found) in group { results[index] = found }
            return results
        }
        let report = DoctorReport(results.flatMap { $0 })
        StandardStream.output.write(report.text(as: output.format))
        if !report.isHealthy { throw ExitStatus.failed.exit }
    }
}
