import ArgumentParser

/// Which part of a list is shown; for `@OptionGroup`.
struct PageOptions: ParsableArguments {
    /// What the console gives at a time.
    private static let limits = 1...1000

    @Option(help: "How many rows a page has, 1 to 1000.")
    var limit: Int?

    @Option(help: "Where the page begins: nextCursor of the page before.")
    var cursor: String?

    @Flag(help: "All pages, one after the other.")
    var all = false

    func validate() throws {
        guard limit.map({ Self.limits.contains($0) }) ?? true else {
            throw ValidationError("--limit must be from 1 to \(Self.limits.upperBound)")
        }
    }

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
            var page = ConsoleListing.Page(next: cursor, isCutShort: false)
            repeat {
                let limit = limit.map { all ? $0 : max(1, $0 - listing.rowCount) }
                let query = query + [("limit", limit.map { "\($0)" }), ("cursor", page.next)]
                page = try listing.add(try await client.get(ConsoleEndpoint.path(parts, query: query)))
            } while page.next != nil && (all || page.isCutShort)
            StandardStream.output.write(listing.ending(nextCursor: page.next))
            if listing.unseenCount > 0, format == .table {
                StandardStream.error.write(
                    "besides, \(listing.unseenCount) letters wait that no token proves a tenant of: operators of the tenant in "
                        + "CONSOLE_OPERATING_TENANT see them\n"
                )
            }
            if let next = page.next, format == .table {
                StandardStream.error.write("more: --cursor \(TerminalText.safe(next))\n")
            }
        }
    }
}
