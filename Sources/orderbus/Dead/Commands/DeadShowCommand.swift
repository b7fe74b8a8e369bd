import ArgumentParser
internal import JSON

/// `orderbus dead show`: shows one letter, and its body to who says why.
struct DeadShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show a letter: what happened to it, its headers, the shape of its body.",
        discussion: """
            The body's values are shown with --reveal REASON, which goes into the audit. On a terminal control characters \
            are replaced; --output json gives the body in base64, exact.
            """
    )

    @Argument(help: "The letter: dl_….")
    var letter: String

    @Option(help: "Reveal the body, for this reason.")
    var reveal: String?

    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(letters: [letter])
        try OptionRules.check(reason: reveal)
    }

    func run() async throws {
        let parts = ["v1", "dead", "letters", letter]
        try await console.withClient { client in
            if let reveal {
                let path = ConsoleEndpoint.path(parts + ["reveal"])
                let answer = try await client.send(path: path, JSONText.object([("reason", .text(reveal))]))
                try console.show(answer) {
                    let root = try client.parsed(answer, of: path).root
                    guard let text = root.member("body")?.asString else {
                        return "(the body is not text; --output json gives its bytes in base64)\n"
                    }
                    return TerminalText.safe(text, keepingLines: true) + "\n"
                }
            } else {
                let path = ConsoleEndpoint.path(parts)
                let answer = try await client.get(path)
                try console.show(answer) { LetterText.text(try client.parsed(answer, of: path).root) }
            }
        }
    }
}
