package import JSON

/// What became of letters that were discarded or restored, or what would.
package struct SettlingReport: Sendable {
    private let done: String
    private let isDryRun: Bool
    private let isNamed: Bool
    private let changed: Int
    private let skipped: Int

    /// - Parameters:
    ///   - done: what was done to the letters, such as "discarded".
    ///   - isNamed: the letters were named one by one, so that each of them was meant to be changed.
    package init(_ answer: JSONNode, done: String, isDryRun: Bool, isNamed: Bool) {
        self.done = done
        self.isDryRun = isDryRun
        self.isNamed = isNamed
        changed = Int(clamping: answer.member("count")?.asInt64 ?? 0)
        skipped = Int(clamping: answer.member("skipped")?.asInt64 ?? 0)
    }

    /// What a script should know; a dry run has done what it was for, and a filter means those that can be changed.
    package var status: ExitStatus {
        if isDryRun || !isNamed || skipped == 0 { return .done }
        return changed > 0 ? .partlyDone : .failed
    }

    package var text: String {
        let why = isNamed ? "not in that state, or not known" : "not in that state"
        return "\(changed) letters \(isDryRun ? "would be " : "")\(done), \(skipped) left out (\(why))\n"
    }
}
