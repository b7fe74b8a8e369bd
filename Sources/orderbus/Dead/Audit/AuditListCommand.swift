import ArgumentParser

/// `orderbus audit list`: lists what operators did.
struct AuditListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List entries, newest first.")

    @Option(help: "What it was done to: dl_…, dg_… or rj_….")
    var target: String?

    @Option(help: "Who did it.")
    var clientID: String?

    @Option(help: "What was done, for example letters.discard.")
    var action: String?

    @Option(help: "allowed, refused or failed.")
    var outcome: String?

    @Option(help: "At this time or later.")
    var from: String?

    @Option(help: "Before this time.")
    var before: String?

    @OptionGroup var page: PageOptions
    @OptionGroup var console: ConsoleOptions

    /// Each option under the name of the console's query.
    private var query: [(name: String, value: String?)] {
        [
            ("target", target), ("clientId", clientID), ("action", action), ("outcome", outcome), ("from", from),
            ("before", before),
        ]
    }

    func validate() throws {
        let options = query.map { (name: $0.name == "clientId" ? "client-id" : $0.name, value: $0.value) }
        try OptionRules.refuseBlanks(options)
    }

    func run() async throws {
        let fields = [
            ConsoleListing.Field("at", title: "AT"), ConsoleListing.Field("clientId", title: "CLIENT"),
            ConsoleListing.Field("subject", title: "SUBJECT"), ConsoleListing.Field("action", title: "ACTION"),
            ConsoleListing.Field("outcome", title: "OUTCOME"), ConsoleListing.Field("target", title: "TARGET"),
            ConsoleListing.Field("address", title: "FROM"), ConsoleListing.Field("reason", title: "REASON"),
        ]
        try await page.list("records", at: ["v1", "audit"], query: query, fields: fields, through: console)
    }
}
