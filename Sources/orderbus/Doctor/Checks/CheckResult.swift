/// One thing that was looked at, how it stands, and what to do about it.
package struct CheckResult: Sendable, Equatable {
    package enum State: String, Sendable {
        case ok
        /// It works, but should not stay as it is.
        case warning
        /// It does not work.
        case failed
        /// Not looked at, because nothing says where.
        case skipped
    }

    /// For example `queue orders.commands`.
    package let name: String
    package let state: State
    package let finding: String
    /// What to do; nil where there is nothing.
    package let advice: String?

    package init(_ name: String, _ state: State, _ finding: String, advice: String? = nil) {
        self.name = name
        self.state = state
        self.finding = finding
        self.advice = advice
    }

    /// A setting that is missing or wrong.
    package init(_ problem: SettingsProblem) {
        let setting = problem.setting
        let example = "for example \(setting.name)=\(setting.example)"
        self.init("setting \(setting.name)", .failed, problem.what, advice: example)
    }

    /// What another part of the program explains, as a check that failed.
    package init(_ name: String, failedWith explanation: Explanation) {
        let place = explanation.place.flatMap { explanation.what.contains($0) ? nil : " (\($0))" } ?? ""
        self.init(name, .failed, explanation.what + place, advice: explanation.advice)
    }
}
