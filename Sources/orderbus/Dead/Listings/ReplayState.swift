package import JSON

/// How far a replay has come.
package struct ReplayState: Sendable, Equatable {
    package let id: String
    package let state: String
    package let succeeded: Int
    package let failed: Int
    /// All of its messages.
    package let total: Int
    package let remark: String?

    /// Reads a replay as the console gives it; nil for anything else.
    package init?(_ job: JSONNode) {
        guard let id = job.member("id")?.asString, let state = job.member("state")?.asString,
            let counts = job.member("counts")
        else { return nil }
        self.id = id
        self.state = state
        func count(_ name: StaticString) -> Int { Int(clamping: counts.member(name)?.asInt64 ?? 0) }
        succeeded = count("succeeded")
        failed = count("failed")
        total = count("waiting") + count("sent") + succeeded + failed + count("skipped") + count("unknown")
        remark = job.member("remark")?.asString
    }

    /// Nothing happens any more unless somebody does something.
    package var isAtRest: Bool { state != "running" }

    /// What a script should know.
    package var status: ExitStatus {
        if state == "finished", succeeded == total { return .done }
        return succeeded > 0 ? .partlyDone : .failed
    }

    /// One line for people.
    package var summary: String {
        "\(id) \(state): \(succeeded) of \(total) succeeded, \(failed) failed"
            + (remark.map { ", " + TerminalText.safe($0) } ?? "") + "\n"
    }
}
