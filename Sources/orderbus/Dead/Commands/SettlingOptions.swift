import ArgumentParser
internal import JSON

/// What discarding and restoring are told alike; for `@OptionGroup`.
struct SettlingOptions: ParsableArguments {
    @Option(help: "Why; for the audit.")
    var reason: String

    @Flag(help: "Only count.")
    var dryRun = false

    @OptionGroup var choice: LetterChoiceOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(reason: reason)
    }

    /// Asks the console, and says how many letters it concerned.
    func run(_ verb: String, done: String) async throws {
        let body = JSONText.object([
            ("selection", .raw(try choice.choice().json)), ("reason", .text(reason)), ("dryRun", .flag(dryRun)),
        ])
        let path = ConsoleEndpoint.path(["v1", "dead", verb])
        try await console.withClient { client in
            let answer = try await client.send(path: path, body)
            let report = SettlingReport(
                try client.parsed(answer, of: path).root,
                done: done,
                isDryRun: dryRun,
                isNamed: !choice.letters.isEmpty
            )
            console.show(answer) { report.text }
            if report.status != .done { throw report.status.exit }
        }
    }
}
