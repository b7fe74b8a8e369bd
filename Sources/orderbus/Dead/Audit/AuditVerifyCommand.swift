import ArgumentParser
internal import JSON

/// `orderbus audit verify`: checks the chain of hashes.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the chain of hashes from the first entry that is still there to the last."
    )

    @OptionGroup var console: ConsoleOptions

    func run() async throws {
        try await console.withClient { client in
            let path = "/v1/audit/verify"
            let answer = try await client.get(path)
            let root = try client.parsed(answer, of: path).root
            let count = root.member("count")?.asInt64 ?? 0
            let breach = root.member("breach").flatMap { $0.isNull ? nil : String(decoding: $0.text, as: UTF8.self) }
            console.show(answer) { breach == nil ? "the audit is whole: \(count) entries\n" : "" }
            if let breach {
                throw ExplainedError(
                    what: "the audit was altered: \(breach), after \(count) good entries",
                    place: client.endpoint.base,
                    advice: "compare with a backup from before, and find out who may write to the database"
                )
            }
        }
    }
}
