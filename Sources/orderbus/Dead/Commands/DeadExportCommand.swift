import ArgumentParser
internal import Glibc

/// `orderbus dead export`: letters as lines of JSON, byte-exact.
struct DeadExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write letters as lines of JSON, byte-exact, to a file or standard output.",
        discussion: "The console's letters stay where they are. Bodies are not masked; the export is in the audit."
    )

    @Option(help: "A new file, readable by its owner alone. (default: standard output)", completion: .file())
    var file: String?

    @OptionGroup(title: "Filters") var filters: LetterFilterOptions
    @OptionGroup var console: ConsoleOptions

    func run() async throws {
        let path = ConsoleEndpoint.path(["v1", "dead", "export"], query: filters.members)
        try await console.withClient { client in
            guard let file else {
                return try await client.stream(path) { StandardStream.output.write($0) }
            }
            let target = try LinesFile.make(file)
            var (lines, isWritten) = (0, false)
            do {
                try await client.stream(path) { piece in
                    lines += piece.count { $0 == UInt8(ascii: "\n") }
                    isWritten = true
                    try target.append(piece)
                }
            } catch {
                // A file with nothing in it would look like an export of no letters.
                if !isWritten { unlink(file) }
                throw error
            }
            try target.sync()
            StandardStream.error.write("\(lines) letters in \(TerminalText.safe(file))\n")
        }
    }
}
