extension Table {
    /// Headings and rows in aligned columns; numbers stand to the right, and no line ends in spaces.
    var aligned: String {
        let shown = rows.map { row in row.map(\.shown) }
        let widths = columns.indices.map { index in
            shown.reduce(TerminalText.columns(of: columns[index].title)) {
                max($0, TerminalText.columns(of: $1[index]))
            }
        }
        var text = line(columns.map(\.title), widths)
        for row in shown {
            text += line(row, widths)
        }
        return text
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (index, cell) in cells.enumerated() {
            let padding = String(repeating: " ", count: max(widths[index] - TerminalText.columns(of: cell), 0))
            line += (index == 0 ? "" : "  ") + (isNumeric(index) ? padding + cell : cell + padding)
        }
        while line.last == " " {
            line.removeLast()
        }
        return line + "\n"
    }

    /// Whether a column holds numbers alone.
    private func isNumeric(_ column: Int) -> Bool {
        let cells = rows.map { $0[column] }.filter { $0 != .none }
        return !cells.isEmpty
            && cells.allSatisfy {
                if case .number = $0 { true } else { false }
            }
    }
}
