package import JSON

/// What became of a batch that was migrated, or what would.
package struct MigrationReport: Sendable {
    private let isDryRun: Bool
    private let changed: Int
    private let unchanged: Int
    private let skipped: Int
    private let refusedCount: Int
    private let lines: [String]

    /// Reads the console's answer.
    package init(_ answer: JSONNode, isDryRun: Bool) {
        func count(_ name: StaticString) -> Int { Int(clamping: answer.member(name)?.asInt64 ?? 0) }
        self.isDryRun = isDryRun
        changed = count("count")
        unchanged = count("unchanged")
        skipped = count("skipped")
        refusedCount = count("refusedCount")
        func text(_ node: JSONNode, _ name: StaticString) -> String {
            TerminalText.safe(node.member(name)?.asString ?? "", keepingLines: true)
        }
        var lines: [String] = []
        for letter in answer.member("refused")?.elements.map({ $0 }) ?? [] {
            lines.append("refused \(text(letter, "id")): \(text(letter, "reason"))")
        }
        if let letter = answer.member("sample")?.elements.first(where: { _ in true }) {
            lines.append("\(text(letter, "id")), without its values:\n\(text(letter, "before"))")
            lines.append("would be:\n\(text(letter, "after"))")
        }
        self.lines = lines
    }

    /// What a script should know; a dry run has done what it was for.
    package var status: ExitStatus {
        if isDryRun || refusedCount == 0 { return .done }
        return changed > 0 ? .partlyDone : .failed
    }

    package var text: String {
        let would = isDryRun ? "would be " : ""
        return "\(changed) letters \(would)changed, \(unchanged) have nothing to change, \(skipped) do not wait, "
            + "\(refusedCount) \(would)refused by the worker's rules or do not fit the mapping\n"
            + lines.map { $0 + "\n" }.joined()
    }
}
