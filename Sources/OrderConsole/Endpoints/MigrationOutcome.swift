internal import Orders

/// What became of the letters of a migration.
struct MigrationOutcome {
    var changed = 0
    var unchanged = 0
    var skipped = 0
    /// Where the rest begins, if there is more than one answer should take.
    var next: LetterPosition?
    private var refusedCount = 0
    private var refused: [JSONValue] = []
    private var sample: [JSONValue] = []

    /// Counts a letter that would change, and shows the first few, without their values.
    mutating func show(_ id: LetterID, from old: [UInt8], to new: [UInt8]) {
        changed += 1
        guard sample.count < 3 else { return }
        sample.append([
            "id": .text(id.description),
            "before": .text(BodyShape.text(of: old)),
            "after": .text(BodyShape.text(of: new)),
        ])
    }

    mutating func refuse(_ id: LetterID, _ refusal: Refusal) {
        refusedCount += 1
        guard refused.count < 100 else { return }
        let rules = refusal.details.prefix(5).map { "\($0.field) \($0.message)" }.joined(separator: ", ")
        let reason = rules.isEmpty ? refusal.message : rules
        refused.append(["id": .text(id.description), "reason": .text(reason)])
    }

    var json: JSONValue {
        [
            "count": .number(changed),
            "unchanged": .number(unchanged),
            "skipped": .number(skipped),
            "refusedCount": .number(refusedCount),
            "refused": .array(refused),
            "sample": .array(sample),
            "nextCursor": JSONValue(next),
        ]
    }
}
