internal import ArgumentParser
internal import Orders

/// What options must be, said before anything is sent.
enum OptionRules {
    /// Refuses options that have no value, as a script's unset variable leaves them: that must not mean everything.
    static func refuseBlanks(_ options: [(name: String, value: String?)]) throws(ValidationError) {
        for option in options where option.value?.isEmpty == true {
            throw ValidationError("--\(option.name) is empty: give it a value, or leave it out")
        }
    }

    static func check(reason: String?) throws(ValidationError) {
        guard let reason, !ReplayPlan.reasonLengths.contains(reason.count) else { return }
        let lengths = ReplayPlan.reasonLengths
        throw ValidationError("a reason has \(lengths.lowerBound) to \(lengths.upperBound) characters")
    }

    static func check(letters: [String]) throws(ValidationError) {
        for letter in letters where LetterID(letter) == nil {
            throw ValidationError("\(TerminalText.safe(letter)) is no letter's id: dl_ and 26 letters and digits")
        }
    }

    static func check(group: String?) throws(ValidationError) {
        guard let group, GroupID(group) == nil else { return }
        throw ValidationError("\(TerminalText.safe(group)) is no group's id: dg_ and 26 letters and digits")
    }

    static func check(replay: String?) throws(ValidationError) {
        guard let replay, ReplayJobID(replay) == nil else { return }
        throw ValidationError("\(TerminalText.safe(replay)) is no replay's id: rj_ and 26 letters and digits")
    }

    /// - Parameter states: one, or several with commas between.
    static func check(states: String?) throws(ValidationError) {
        let names = states?.split(separator: ",", omittingEmptySubsequences: false).map(String.init) ?? []
        guard !names.allSatisfy({ LetterState(name: $0) != nil }) else { return }
        throw ValidationError("--state is \(LetterState.allCases.map(\.name).joined(separator: ", "))")
    }
}
