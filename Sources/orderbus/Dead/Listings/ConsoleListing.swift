internal import JSON

/// Pages of one of the console's lists as one listing.
package struct ConsoleListing {
    /// A column and where its value is in a row.
    package struct Field: Sendable {
        let column: Table.Column
        let path: [String]
        /// What people count from, where the console counts from nought.
        let first: Int

        /// - Parameter path: names within one another, with dots between them.
        package init(_ path: String, title: String, from first: Int = 0) {
            self.first = first
            self.path = path.split(separator: ".").map(String.init)
            column = Table.Column(self.path.last ?? path, title: title)
        }
    }

    /// What an answer says of itself.
    package struct Page {
        /// Where the next page begins; nil after the last.
        package let next: String?
        /// The console ended it before it was full, although there may be more.
        package let isCutShort: Bool

        package init(next: String?, isCutShort: Bool) {
            self.next = next
            self.isCutShort = isCutShort
        }
    }

    private let member: String
    private let format: OutputFormat
    private let fields: [Field]
    private var table: Table
    private var text = ""
    package private(set) var rowCount = 0
    /// What the console counts besides, and does not show to this operator.
    package private(set) var unseenCount = 0

    /// - Parameter member: the list's name in an answer.
    package init(of member: String, format: OutputFormat, fields: [Field]) {
        self.member = member
        self.format = format
        self.fields = fields
        table = Table(fields.map(\.column))
        if format == .json { text = "{\"\(member)\":[" }
    }

    /// Takes one answer in.
    ///
    /// - Throws: an explanation of what is no such list.
    package mutating func add(_ page: [UInt8]) throws(ExplainedError) -> Page {
        let limits = JSONLimits(maxBytes: 64 * 1024 * 1024, maxDepth: 128)
        guard let root = try? JSONDocument(parsing: page, limits: limits).root,
            let rows = root.member(named: Array(member.utf8)), rows.kind == .array
        else {
            throw ExplainedError(
                what: "the answer is no list of \(member)",
                advice: "see that CONSOLE_URL is the address of an orderbus console of this version"
            )
        }
        for row in rows.elements {
            if format == .json {
                text += (rowCount == 0 ? "\n" : ",\n") + String(decoding: row.text, as: UTF8.self)
            } else {
                table.add(fields.map { Self.cell(row, $0.path).counted(from: $0.first) })
            }
            rowCount += 1
        }
        unseenCount = Int(clamping: root.member("unseen")?.asInt64 ?? 0)
        return Page(next: root.member("nextCursor")?.asString, isCutShort: root.member("searchedTo")?.asString != nil)
    }

    /// What is printed at the end.
    package func ending(nextCursor: String?) -> String {
        guard format == .json else { return table.text(as: .table) }
        let next = nextCursor.map { ",\"nextCursor\":" + OrderText.quoted($0) } ?? ""
        return text + (rowCount == 0 ? "]" : "\n]") + next + "}\n"
    }

    static func cell(_ row: JSONNode, _ path: [String]) -> Table.Cell {
        var node: JSONNode? = row
        for name in path { node = node?.member(named: Array(name.utf8)) }
        guard let node, !node.isNull else { return .none }
        if let text = node.asString { return .text(text) }
        if let flag = node.asBool { return .flag(flag) }
        if let number = node.asInt64 { return .number(Int(clamping: number)) }
        return .text(String(decoding: node.text.prefix(200), as: UTF8.self))
    }
}

extension Table.Cell {
    fileprivate func counted(from first: Int) -> Table.Cell {
        if case .number(let number) = self { .number(number + first) } else { self }
    }
}
