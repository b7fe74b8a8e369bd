/// How far the broker is as `topology/definitions.json` defines it.
package enum TopologyFacts {
    private static let shownLimit = 5

    /// Judges the differences.
    package static func check(_ differences: [TopologyDifference]) -> CheckResult {
        guard !differences.isEmpty else {
            return CheckResult(
                "broker topology",
                .ok,
                "users, permissions, policies, exchanges, queues and bindings are as defined"
            )
        }
        let shown = differences.prefix(shownLimit).map { "\($0.subject.kind) \($0.subject.name)" }
        let more = differences.count > shownLimit ? ", and \(differences.count - shownLimit) more" : ""
        return CheckResult(
            "broker topology",
            .failed,
            "not as defined: " + shown.joined(separator: ", ") + more,
            advice: TopologyReport.advice(on: differences) ?? "see orderbus topology check"
        )
    }
}
