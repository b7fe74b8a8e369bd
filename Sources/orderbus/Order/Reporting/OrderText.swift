internal import JSON

/// An order as the worker gave it, for people or as it is.
package enum OrderText {
    /// The result of get, cancel or create.
    package static func text(ofOrder bytes: [UInt8], as format: OutputFormat) -> String {
        guard format == .table, let order = try? JSONDocument(parsing: bytes).root else {
            return String(decoding: bytes, as: UTF8.self) + "\n"
        }
        var lines: [String] = []
        for (title, name) in Self.members {
            if let text = order.member(name)?.asString { lines.append("\(title)\(text)") }
        }
        if let amount = amount(order.member("totalAmount")) { lines.append("total:     \(amount)") }
        if let version = order.member("version")?.asInt64 { lines.append("version:   \(version)") }
        if let metadata = order.member("metadata"), metadata.count > 0 {
            lines.append("metadata:  \(String(decoding: metadata.text, as: UTF8.self))")
        }
        let items = order.member("items").map(items) ?? ""
        return lines.map { TerminalText.safe($0) + "\n" }.joined() + items
    }

    private static let members: [(title: String, name: StaticString)] = [
        ("order:     ", "orderId"), ("status:    ", "status"), ("customer:  ", "customerId"),
        ("created:   ", "createdAt"), ("updated:   ", "updatedAt"),
    ]

    private static func items(_ items: JSONNode) -> String {
        var table = Table([
            Table.Column("sku", title: "SKU"), Table.Column("quantity", title: "QUANTITY"),
            Table.Column("unitPrice", title: "UNIT PRICE"),
        ])
        for item in items.elements {
            table.add(
                item.member("sku")?.asString.map(Table.Cell.text) ?? .none,
                item.member("quantity")?.asInt64.map { .number(Int($0)) } ?? .none,
                item.member("unitPrice")?.asString.map(Table.Cell.text) ?? .none
            )
        }
        return "\n" + table.text(as: .table)
    }

    /// `25.50 USD`.
    static func amount(_ node: JSONNode?) -> String? {
        guard let value = node?.member("value")?.asString, let currency = node?.member("currency")?.asString else {
            return nil
        }
        return "\(value) \(currency)"
    }

    /// A string as JSON.
    static func quoted(_ text: String) -> String {
        var json: [UInt8] = []
        json.appendJSONString(text)
        return String(decoding: json, as: UTF8.self)
    }
}
