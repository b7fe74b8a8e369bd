/// A listing: named columns and rows, shown as aligned text or as JSON.
package struct Table: Sendable {
    /// One column.
    package struct Column: Sendable {
        /// Its name in JSON, in lower camel case.
        package let key: String
        /// Its heading in text.
        package let title: String

        package init(_ key: String, title: String) {
            self.key = key
            self.title = title
        }
    }

    /// One value.
    package enum Cell: Sendable, Equatable {
        case text(String)
        case number(Int)
        case flag(Bool)
        /// Nothing: empty in text, null in JSON.
        case none
    }

    package let columns: [Column]
    package private(set) var rows: [[Cell]] = []

    package init(_ columns: [Column]) {
        self.columns = columns
    }

    /// Adds a row; missing cells become empty, superfluous ones are left out.
    package mutating func add(_ cells: Cell...) {
        add(cells)
    }

    /// Adds a row; missing cells become empty, superfluous ones are left out.
    package mutating func add(_ cells: [Cell]) {
        let missing = max(columns.count - cells.count, 0)
        rows.append(Array(cells.prefix(columns.count)) + Array(repeating: .none, count: missing))
    }

    /// The listing in one of its formats, with a line feed at its end.
    package func text(as format: OutputFormat) -> String {
        switch format {
        case .table: aligned
        case .json: json
        }
    }
}

extension Table.Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) {
        self = .text(value)
    }

    /// The cell as text for a terminal.
    var shown: String {
        switch self {
        case .text(let text): TerminalText.safe(text)
        case .number(let number): "\(number)"
        case .flag(let flag): flag ? "yes" : "no"
        case .none: ""
        }
    }
}
