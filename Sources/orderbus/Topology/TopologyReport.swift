/// Differences as a listing.
package enum TopologyReport {
    /// What each finding means to a reader.
    ///
    /// - Parameter isPlan: in words of what `apply` will do, instead of what is wrong.
    package static func table(_ differences: [TopologyDifference], isPlan: Bool) -> Table {
        var table = Table([
            Table.Column(isPlan ? "action" : "finding", title: isPlan ? "ACTION" : "FINDING"),
            Table.Column("kind", title: "KIND"),
            Table.Column("name", title: "NAME"),
            Table.Column("detail", title: "DETAIL"),
        ])
        for difference in differences {
            table.add(
                .text(isPlan ? action(difference.finding) : finding(difference.finding)),
                .text(difference.subject.kind),
                .text(difference.subject.name),
                difference.detail.isEmpty ? .none : .text(difference.detail)
            )
        }
        return table
    }

    /// What an operator must do about those that `apply` leaves.
    package static func advice(on differences: [TopologyDifference]) -> String? {
        var lines: [String] = []
        let findings = Set(differences.map(\.finding))
        if findings.contains(.missing) || findings.contains(.different) {
            lines.append("run `orderbus topology apply`")
        }
        if findings.contains(.fixed) {
            lines.append("what is fixed cannot be changed in place: let it run empty, delete it and run apply again")
        }
        if findings.contains(.shadowed) {
            lines.append("give the other policy a lower priority, or a pattern that leaves ours out")
        }
        if findings.contains(.extra) {
            lines.append("remove bindings that nobody wants with `orderbus topology apply --prune`")
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static func action(_ finding: TopologyDifference.Finding) -> String {
        switch finding {
        case .missing: "create"
        case .different: "change"
        case .fixed: "cannot change"
        case .extra: "leave"
        case .shadowed: "cannot change"
        }
    }

    private static func finding(_ finding: TopologyDifference.Finding) -> String {
        switch finding {
        case .missing: "missing"
        case .different: "different"
        case .fixed: "different, fixed"
        case .extra: "extra"
        case .shadowed: "without effect"
        }
    }
}
