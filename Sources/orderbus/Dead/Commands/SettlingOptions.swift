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

    /// Asks the console, and says how many letters it concerned.
    func run(_ verb: String, done: String) async throws {
        let body = JSONText.object([
            ("selection", .raw(try choice.choice().json)), ("reason", .text(reason)), ("dryRun", .flag(dryRun)),
        ])
        let path = ConsoleEndpoint.path(["v1", "dead", verb])
        try await console.withClient { client in
            let answer = try await client.send(path: path, body)
            let count = try client.parsed(answer, of: path).root.member("count")?.asInt64 ?? 0
            console.show(answer) { "\(count) letters \(dryRun ? "would be " : "")\(done)\n" }
        }
    }
}
