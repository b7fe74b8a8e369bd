/// All checks of one examination, in the order in which they were made.
package struct DoctorReport: Sendable {
    package let checks: [CheckResult]

    package init(_ checks: [CheckResult]) {
        self.checks = checks
    }

    package var isHealthy: Bool { !checks.contains { $0.state == .failed } }

    /// The report with a line feed at its end.
    package func text(as format: OutputFormat) -> String {
        switch format {
        case .table: listing.text(as: .table) + adviceText + summary
        case .json: complete.text(as: .json)
        }
    }

    private static let columns = [
        Table.Column("check", title: "CHECK"), Table.Column("state", title: "STATE"),
        Table.Column("finding", title: "FINDING"),
    ]

    private var listing: Table {
        var table = Table(Self.columns)
        for check in checks { table.add(.text(check.name), .text(check.state.rawValue), .text(check.finding)) }
        return table
    }

    private var complete: Table {
        var table = Table(Self.columns + [Table.Column("advice", title: "ADVICE")])
        for check in checks {
            let advice = check.advice.map(Table.Cell.text) ?? .none
            table.add(.text(check.name), .text(check.state.rawValue), .text(check.finding), advice)
        }
        return table
    }

    private var adviceText: String {
        let lines = checks.compactMap { check in
            check.advice.map { advice in
                let lines = advice.split(separator: "\n").map { TerminalText.safe(String($0)) }
                return "  \(TerminalText.safe(check.name)): \(lines.joined(separator: "\n    "))\n"
            }
        }
        return lines.isEmpty ? "" : "\nwhat to do:\n" + lines.joined()
    }

    private var summary: String {
        let counts = [CheckResult.State.ok, .warning, .failed, .skipped].compactMap { state in
            let count = checks.count { $0.state == state }
            return count == 0 ? nil : "\(count) \(state.rawValue)"
        }
        return "\n" + counts.joined(separator: ", ") + "\n"
    }
}
