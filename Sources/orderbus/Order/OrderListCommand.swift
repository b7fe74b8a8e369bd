import ArgumentParser
internal import Orders

/// `orderbus order list`: lists the tenant's orders.
struct OrderListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the tenant's orders, newest first.",
        discussion: """
              orderbus order list --status PENDING --limit 20
              orderbus order list --all --output json | jq -r '.orders[].orderId'

            A listing that goes on names the cursor of its next page: in JSON as nextCursor, else on standard error.
            """
    )

    @Option(help: "PENDING, CONFIRMED, FULFILLED or CANCELLED.", transform: { $0.uppercased() })
    var status: String?

    @Option(help: "One customer's orders.")
    var customerID: String?

    @Option(help: "How many orders a page has, 1 to 200.")
    var limit = 50

    @Option(help: "Where the page begins: nextCursor of the page before.")
    var cursor: String?

    @Flag(help: "All pages, one after the other.")
    var all = false

    @OptionGroup var options: CallOptions

    func validate() throws {
        let limits = ListOrders.limits
        guard limits.contains(Int64(limit)) else {
            throw ValidationError("--limit must be from \(limits.lowerBound) to \(limits.upperBound)")
        }
    }

    func run() async throws {
        let limit = all ? Int(ListOrders.limits.upperBound) : limit
        let query = OrderQuery(status: status, customerID: customerID, limit: limit)
        let (format, first, all) = (options.output.format, cursor, all)
        try await options.withCalls { calls in
            var listing = OrderListing(format: format)
            var cursor = first
            repeat {
                let page = try await calls.send(.list, body: query.body(cursor: cursor))
                cursor = try listing.add(page)
                StandardStream.output.write(listing.takeText())
            } while all && cursor != nil
            StandardStream.output.write(listing.ending(nextCursor: cursor))
            if let cursor, format == .table { StandardStream.error.write("more: --cursor \(cursor)\n") }
        }
    }
}
