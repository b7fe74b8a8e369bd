import ArgumentParser

/// Which part of a list is shown; for `@OptionGroup`.
struct PageOptions: ParsableArguments {
    @Option(help: "How many rows a page has.")
    var limit: Int?

    @Option(help: "Where the page begins: nextCursor of the page before.")
    var cursor: String?

    @Flag(help: "All pages, one after the other.")
    var all = false

    /// Prints a list of the console.
    func list(
        _ member: String,
        at parts: [String],
        query: [(name: String, value: String?)],
        fields: [ConsoleListing.Field],
        through console: ConsoleOptions
    ) async throws {
        let format = console.output.format
        try await console.withClient { client in
            var listing = ConsoleListing(of: member, format: format, fields: fields)
            var next = cursor
            repeat {
                let query = query + [("limit", limit.map { "\($0)" }), ("cursor", next)]
                next = try listing.add(try await client.get(ConsoleEndpoint.path(parts, query: query)))
            } while all && next != nil
            StandardStream.output.write(listing.ending(nextCursor: next))
            if let next, format == .table { StandardStream.error.write("more: --cursor \(TerminalText.safe(next))\n") }
        }
    }
}
