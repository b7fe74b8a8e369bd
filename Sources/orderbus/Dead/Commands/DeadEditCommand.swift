import ArgumentParser
import FoundationEssentials
internal import JSON

/// `orderbus dead edit`: keeps a revision of a letter.
struct DeadEditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "edit",
        abstract: "Keep a revision of a letter: another body, headers or sender; what arrived is kept.",
        discussion: """
              orderbus dead show dl_… --reveal "price" -o json > letter.json
              jq -r .bodyBase64 letter.json | base64 -d > body.json
              orderbus dead edit dl_… --body-file body.json --reason "price mended"

            The worker's rules are asked before the revision is taken.
            """
    )

    @Argument(help: "The letter: dl_….")
    var letter: String

    @Option(help: "A file with the new body; - is standard input.", completion: .file())
    var bodyFile: String?

    @Option(
        help: "A file with all headers as orderbus dead show --output json has them; - is standard input.",
        completion: .file()
    )
    var headersFile: String?

    @Option(help: "On behalf of this tenant, where no token proved who sent it; with --client-id.")
    var tenant: String?

    @Option(help: "On behalf of this client; with --tenant.")
    var clientID: String?

    @Option(help: "On behalf of this subject; with --tenant.")
    var subject: String?

    @Option(help: "What the client may do; with --tenant, several with spaces. (default: orders:write orders:read)")
    var scopes: String?

    @Option(help: "The revision that you looked at. (default: the newest)")
    var basedOn: Int?

    @Option(help: "Why; for the audit.")
    var reason: String

    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(letters: [letter])
        try OptionRules.check(reason: reason)
        guard bodyFile != nil || headersFile != nil || tenant != nil else {
            throw ValidationError("give --body-file, --headers-file or --tenant")
        }
        guard (tenant == nil) == (clientID == nil) else {
            throw ValidationError("--tenant and --client-id go together")
        }
        guard tenant != nil || subject == nil && scopes == nil else {
            throw ValidationError("--subject and --scopes need --tenant and --client-id")
        }
    }

    func run() async throws {
        let body = try bodyFile.map { try InputFile.read($0) }
        let headers = try headersFile.map { try InputFile.read($0) }
        guard headers.map({ (try? JSONDocument(parsing: $0)) != nil }) ?? true else {
            throw ExplainedError(what: "the headers are not JSON", place: headersFile, status: .wrongUsage)
        }
        try await console.withClient { client in
            let parts = ["v1", "dead", "letters", letter]
            let path = ConsoleEndpoint.path(parts)
            let known = try client.parsed(try await client.get(path), of: path).root.member("revision")?.asInt64
            var members: [(name: StaticString, value: JSONText.Value)] = [
                ("basedOn", .number(basedOn ?? Int(clamping: known ?? 0))), ("reason", .text(reason)),
            ]
            if let body { members.append(("bodyBase64", .text(Data(body).base64EncodedString()))) }
            if let headers { members.append(("headers", .raw(headers))) }
            if let caller { members.append(("caller", .raw(caller))) }
            let answer = try await client.send(path: path + "/revisions", JSONText.object(members))
            console.show(answer) { "the revision is kept; orderbus dead show \(TerminalText.safe(letter)) shows it\n" }
        }
    }

    private var caller: [UInt8]? {
        guard let tenant, let clientID else { return nil }
        let scopes = (scopes ?? "orders:write orders:read").split(separator: " ").map(String.init)
        return JSONText.object([
            ("tenant", .text(tenant)), ("clientId", .text(clientID)),
            ("subject", subject.map(JSONText.Value.text) ?? .null),
            ("scopes", .raw(JSONText.array(scopes))),
        ])
    }
}
