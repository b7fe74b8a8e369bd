import ArgumentParser
internal import JSON
internal import NIOHTTP1

/// `orderbus dead note`: writes on a group what others should know.
struct DeadNoteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write a note, an owner or a ticket on a group; hold its letters back from replays.",
        discussion: "What is not given stays as it is; an empty text takes it away."
    )

    @Argument(help: "The group: dg_….")
    var group: String

    @Option(help: "The note.")
    var text: String?

    @Option(help: "Who looks after it.")
    var owner: String?

    @Option(help: "The ticket's address.")
    var ticketURL: String?

    @Flag(inversion: .prefixedNo, help: "Keep its letters out of every replay.")
    var hold: Bool?

    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(group: group)
        guard text != nil || owner != nil || ticketURL != nil || hold != nil else {
            throw ValidationError("give --text, --owner, --ticket-url, --hold or --no-hold")
        }
    }

    func run() async throws {
        var members: [(name: StaticString, value: JSONText.Value)] = []
        if let text { members.append(("text", .text(text))) }
        if let owner { members.append(("owner", .text(owner))) }
        if let ticketURL { members.append(("ticketUrl", .text(ticketURL))) }
        if let hold { members.append(("isOnHold", .flag(hold))) }
        let body = JSONText.object(members)
        let path = ConsoleEndpoint.path(["v1", "dead", "groups", group, "note"])
        try await console.withClient { client in
            let answer = try await client.send(.PUT, path: path, body)
            console.show(answer) { "the note is kept\n" }
        }
    }
}
