internal import JSON

/// Pages of orders as one listing.
package struct OrderListing {
    /// A page holds at most 200 orders, each at most some 300 KiB.
    private static let limits = JSONLimits(maxBytes: 128 * 1024 * 1024, maxDepth: 64)

    private let format: OutputFormat
    private var text = ""
    private var isEmpty = true
    private var table = Table([
        Table.Column("orderId", title: "ORDER"), Table.Column("status", title: "STATUS"),
        Table.Column("customerId", title: "CUSTOMER"), Table.Column("total", title: "TOTAL"),
        Table.Column("items", title: "ITEMS"), Table.Column("createdAt", title: "CREATED AT"),
    ])

    package init(format: OutputFormat) {
        self.format = format
        if format == .json { text = "{\"orders\":[" }
    }

    /// Takes one page in, the result of `order.list.v1`.
    ///
    /// - Returns: where the next page begins; nil after the last.
    /// - Throws: ``CommandFailure`` for what is no such result.
    package mutating func add(_ page: [UInt8]) throws(CommandFailure) -> String? {
        guard let root = try? JSONDocument(parsing: page, limits: Self.limits).root,
            let orders = root.member("orders"), orders.kind == .array
        else { throw CommandFailure(code: "UNEXPECTED_REPLY", message: "the reply is no listing of orders") }
        for order in orders.elements {
            if format == .json {
                text += (isEmpty ? "\n" : ",\n") + String(decoding: order.text, as: UTF8.self)
            } else {
                addRow(order)
            }
            isEmpty = false
        }
        return root.member("nextCursor")?.asString
    }

    /// What can be printed already.
    package mutating func takeText() -> String {
        defer { text = "" }
        return text
    }

    /// What is printed at the end.
    package func ending(nextCursor: String?) -> String {
        guard format == .json else { return table.text(as: .table) }
        let next = nextCursor.map { ",\"nextCursor\":" + OrderText.quoted($0) } ?? ""
        return (isEmpty ? "]" : "\n]") + next + "}\n"
    }

    private mutating func addRow(_ order: JSONNode) {
        func cell(_ name: StaticString) -> Table.Cell { order.member(name)?.asString.map(Table.Cell.text) ?? .none }
        table.add(
            cell("orderId"),
            cell("status"),
            cell("customerId"),
            OrderText.amount(order.member("totalAmount")).map(Table.Cell.text) ?? .none,
            .number(order.member("items")?.count ?? 0),
            cell("createdAt")
        )
    }
}
