/// All that is wrong with the settings of one program.
package struct SettingsError: Explained, Equatable {
    /// At least one, in the order in which the settings are read.
    package let problems: [SettingsProblem]

    package var explanation: Explanation {
        let one = problems.count == 1
        let lines = problems.map { "\n  " + $0.text }.joined()
        return Explanation(
            what: (one ? "a setting is missing or wrong" : "\(problems.count) settings are missing or wrong") + lines,
            advice: "set \(one ? "it" : "them") in the environment,\n"
                + "or put a value into a file and name that in the setting with _FILE after its name",
            status: .wrongUsage
        )
    }
}
