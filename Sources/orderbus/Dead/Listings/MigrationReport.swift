package import JSON

/// What became of letters that were migrated, or what would, over several requests.
package struct MigrationReport: Sendable {
    /// Of the letters that were refused or would change, this many are named.
    private static let shown = (refusals: 100, samples: 3)

    private let isDryRun: Bool
    package private(set) var changed = 0
    private var unchanged = 0
    private var skipped = 0
    private var refusedCount = 0
    /// As the console gave them.
    private var refused: [[UInt8]] = []
    private var samples: [[UInt8]] = []
    private var lines: [String] = []
    private var sampleLines: [String] = []

    package init(isDryRun: Bool) {
        self.isDryRun = isDryRun
    }

    /// Takes the answer to one request in.
    ///
    /// - Returns: where the next request begins; nil after the last.
    package mutating func add(_ answer: JSONNode) -> String? {
        func count(_ name: StaticString) -> Int { Int(clamping: answer.member(name)?.asInt64 ?? 0) }
        changed += count("count")
        unchanged += count("unchanged")
        skipped += count("skipped")
        refusedCount += count("refusedCount")
        for letter in answer.member("refused")?.elements.map({ $0 }) ?? [] where refused.count < Self.shown.refusals {
            refused.append(Array(letter.text))
            lines.append("refused \(Self.text(letter, "id")): \(Self.text(letter, "reason"))")
        }
        for letter in answer.member("sample")?.elements.map({ $0 }) ?? [] where samples.count < Self.shown.samples {
            samples.append(Array(letter.text))
            guard sampleLines.isEmpty else { continue }
            sampleLines = [
                "\(Self.text(letter, "id")), without its values:\n\(Self.text(letter, "before"))",
                "would be:\n\(Self.text(letter, "after"))",
            ]
        }
        return answer.member("nextCursor")?.asString
    }

    private static func text(_ node: JSONNode, _ name: StaticString) -> String {
        TerminalText.safe(node.member(name)?.asString ?? "", keepingLines: true)
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
            + (lines + sampleLines).map { $0 + "\n" }.joined()
    }

    /// One answer, as the console would have given it to a single request.
    package var json: [UInt8] {
        JSONText.object([
            ("count", .number(changed)), ("unchanged", .number(unchanged)), ("skipped", .number(skipped)),
            ("refusedCount", .number(refusedCount)), ("refused", .raw(Self.array(refused))),
            ("sample", .raw(Self.array(samples))),
        ])
    }

    private static func array(_ elements: [[UInt8]]) -> [UInt8] {
        Array("[".utf8) + elements.joined(separator: [UInt8(ascii: ",")]) + Array("]".utf8)
    }
}
