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

    func run() async throws {
        let path = ConsoleEndpoint.path(["v1", "dead", "groups", group])
        try await console.withClient { client in
            let note = try client.parsed(try await client.get(path), of: path).root.member("note")
            func value(_ given: String?, _ name: StaticString) -> JSONText.Value {
                let text = given ?? note?.member(name)?.asString ?? ""
                return text.isEmpty ? .null : .text(text)
            }
            let body = JSONText.object([
                ("text", .text(text ?? note?.member("text")?.asString ?? "")), ("owner", value(owner, "owner")),
                ("ticketUrl", value(ticketURL, "ticketUrl")),
                ("isOnHold", .flag(hold ?? note?.member("isOnHold")?.asBool ?? false)),
            ])
            let answer = try await client.send(.PUT, path: path + "/note", body)
            console.show(answer) { "the note is kept\n" }
        }
    }
}
