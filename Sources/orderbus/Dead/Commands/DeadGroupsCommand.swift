import ArgumentParser
internal import Orders

/// `orderbus dead groups`: lists the kinds of failure.
struct DeadGroupsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "groups",
        abstract: "List the kinds of failure, with how many letters each has."
    )

    @Option(help: "The command, for example order.create.v1.")
    var command: String?

    @Option(help: "The error's code.")
    var code: String?

    @Option(help: "Only groups with letters of this state.")
    var state: String?

    @Option(help: "The tenant.")
    var tenant: String?

    @Option(help: "Occurs in the error's text.")
    var text: String?

    @Flag(help: "Only groups on hold.")
    var onHold = false

    @OptionGroup var page: PageOptions
    @OptionGroup var console: ConsoleOptions

    private var query: [(name: String, value: String?)] {
        [
            ("command", command), ("code", code), ("state", state), ("tenant", tenant), ("text", text),
            ("onHold", onHold ? "true" : nil),
        ]
    }

    func validate() throws {
        try OptionRules.refuseBlanks(query)
        guard state.map({ LetterState(name: $0) != nil }) ?? true else {
            throw ValidationError("--state is one of \(LetterState.allCases.map(\.name).joined(separator: ", "))")
        }
    }

    func run() async throws {
        let fields = [
            ConsoleListing.Field("id", title: "GROUP"), ConsoleListing.Field("kept", title: "WAITING"),
            ConsoleListing.Field("count", title: "ALL"), ConsoleListing.Field("repeatFailures", title: "AGAIN"),
            ConsoleListing.Field("command", title: "COMMAND"), ConsoleListing.Field("code", title: "CODE"),
            ConsoleListing.Field("tenant", title: "TENANT"), ConsoleListing.Field("lastSeen", title: "LAST SEEN"),
            ConsoleListing.Field("note.isOnHold", title: "HOLD"), ConsoleListing.Field("message", title: "ERROR"),
        ]
        try await page.list("groups", at: ["v1", "dead", "groups"], query: query, fields: fields, through: console)
    }
}
