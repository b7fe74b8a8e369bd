import ArgumentParser
internal import JSON

/// `orderbus dead import`: brings letters back from files.
struct DeadImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring letters back from files that export or drain wrote.",
        discussion: "A letter that is there already is counted and left alone, so an import can be repeated."
    )

    @Argument(help: "Files; none, or -, for standard input.", completion: .file())
    var files: [String] = []

    @OptionGroup var console: ConsoleOptions

    /// A request's letters: small enough for every limit, and many enough to be quick.
    private static let batchBytes = 512 * 1024

    func run() async throws {
        let files = files.isEmpty ? ["-"] : files
        try await console.withClient { client in
            var sum = ImportSum()
            for path in files {
                let file = try InputFile(path)
                var batches = LineBatches(limit: Self.batchBytes)
                while true {
                    let piece = try file.next()
                    for batch in batches.add(piece) { try await send(batch, client, &sum) }
                    if piece.isEmpty { break }
                }
                if let last = batches.finish() { try await send(last, client, &sum) }
            }
            console.show(sum.json) { sum.text }
            if !sum.refused.isEmpty { throw (sum.done > 0 ? ExitStatus.partlyDone : .failed).exit }
        }
    }

    private func send(_ batch: [UInt8], _ client: ConsoleClient, _ sum: inout ImportSum) async throws {
        let path = "/v1/dead/import"
        sum.add(try client.parsed(try await client.sendLines(path, batch), of: path).root, in: batch)
    }
}
