/// Differences as a listing.
package enum TopologyReport {
    /// In which words a listing is given.
    package enum Wording: Sendable {
        /// What is wrong.
        case findings
        /// What `apply` does about it; with `prune`, it removes extra bindings.
        case actions(prune: Bool)
    }

    /// What each finding means to a reader.
    package static func table(_ differences: [TopologyDifference], in wording: Wording) -> Table {
        let isPlan = if case .actions = wording { true } else { false }
        var table = Table([
            Table.Column(isPlan ? "action" : "finding", title: isPlan ? "ACTION" : "FINDING"),
            Table.Column("kind", title: "KIND"),
            Table.Column("name", title: "NAME"),
            Table.Column("detail", title: "DETAIL"),
        ])
        for difference in differences {
            table.add(
                .text(word(for: difference.finding, in: wording)),
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
        if findings.contains(.overruled) {
            lines.append("ask the broker's administrators to leave our queues out of the operator policy")
        }
        if findings.contains(.extra) {
            lines.append("remove bindings that nobody wants with `orderbus topology apply --prune`")
        }
        return lines.isEmpty ? nil : lines.joined(separator: "\n")
    }

    private static func word(for finding: TopologyDifference.Finding, in wording: Wording) -> String {
        switch (finding, wording) {
        case (.missing, .findings): "missing"
        case (.different, .findings): "different"
        case (.fixed, .findings): "different, fixed"
        case (.extra, .findings): "extra"
        case (.shadowed, .findings): "without effect"
        case (.overruled, .findings): "overruled"
        case (.missing, .actions): "create"
        case (.different, .actions): "change"
        case (.fixed, .actions), (.shadowed, .actions), (.overruled, .actions): "cannot change"
        case (.extra, .actions(let prune)): prune ? "remove" : "leave"
        }
    }
}
