import ArgumentParser
internal import JSON

/// `orderbus dead migrate`: mends many letters by the same small mapping.
struct DeadMigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Mend many letters alike: rename members of their bodies, set missing ones, take some out.",
        discussion: """
              orderbus dead migrate --group dg_… --rename '$.customer=customerId' \\
                  --default '$.currency="EUR"' --reason "written by 1.3" --dry-run

            Each letter that changes gets a revision; what arrived is kept. A body that the worker would refuse is left as \
            it is and listed. Renames come first, then defaults, then removals; --mapping-file has its steps in any order: \
            [{"remove":"$.a"},{"rename":["$.items[*].id","sku"]},{"default":["$.b",null]}]. If it is interrupted, run \
            it again: what is changed already has nothing to change. Exit code 3 where some were refused.
            """
    )

    @Option(help: ArgumentHelp("Give a member another name.", valueName: "path=name"))
    var rename: [String] = []

    @Option(help: ArgumentHelp("Set a member where it is missing.", valueName: "path=json"))
    var `default`: [String] = []

    @Option(help: ArgumentHelp("Take a member out.", valueName: "path"))
    var remove: [String] = []

    @Option(help: "A file with the whole mapping in JSON; - is standard input.", completion: .file())
    var mappingFile: String?

    @Option(help: "The messages of this replay that failed: rj_….")
    var failedIn: String?

    @Option(help: "Why; for the audit.")
    var reason: String

    @Flag(help: "Only count, and show what would become of a few.")
    var dryRun = false

    @OptionGroup var choice: LetterChoiceOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        try OptionRules.check(reason: reason)
        try OptionRules.check(replay: failedIn)
        let isGiven = !(rename + `default` + remove).isEmpty
        guard isGiven != (mappingFile != nil) else {
            throw ValidationError("give --rename, --default or --remove, or else --mapping-file")
        }
    }

    func run() async throws {
        let mapping =
            try mappingFile.map { try InputFile.read($0) }
            ?? MappingText.json(renames: rename, defaults: `default`, removals: remove)
        guard (try? JSONDocument(parsing: mapping)) != nil else {
            throw ExplainedError(what: "the mapping is not JSON", place: mappingFile, status: .wrongUsage)
        }
        let request: [(name: StaticString, value: JSONText.Value)] = [
            ("selection", .raw(try choice.choice(failedIn: failedIn).json)), ("mapping", .raw(mapping)),
            ("reason", .text(reason)), ("dryRun", .flag(dryRun)),
        ]
        try await console.withClient { client in
            let path = "/v1/dead/migrate"
            var report = MigrationReport(isDryRun: dryRun)
            var cursor: String?
            do {
                repeat {
                    let body = JSONText.object(request + (cursor.map { [("cursor", .text($0))] } ?? []))
                    cursor = report.add(try client.parsed(try await client.send(path: path, body), of: path).root)
                } while cursor != nil
            } catch {
                // What has been done stays done, and somebody must know.
                if report.changed > 0, !dryRun { StandardStream.error.write("until then: \(report.text)") }
                throw error
            }
            console.show(report.json) { report.text }
            if report.status != .done { throw report.status.exit }
        }
    }
}
