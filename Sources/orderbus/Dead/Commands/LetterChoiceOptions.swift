import ArgumentParser

/// The letters that a command changes; for `@OptionGroup`.
struct LetterChoiceOptions: ParsableArguments {
    @Argument(help: "Letters: dl_…; or filters instead.")
    var letters: [String] = []

    @Flag(help: "All letters that you may see.")
    var everything = false

    @OptionGroup(title: "Filters") var filters: LetterFilterOptions

    /// What is meant.
    ///
    /// - Parameter failedIn: a replay whose failed messages are meant.
    func choice(failedIn: String? = nil) throws -> LetterChoice {
        // Not before: the value of an option that is not known here looks like a letter.
        do throws(ValidationError) {
            try OptionRules.check(letters: letters)
        } catch {
            throw ExplainedError(what: error.message, status: .wrongUsage)
        }
        guard
            let choice = LetterChoice(
                ids: letters,
                members: filters.members,
                failedIn: failedIn,
                isEverything: everything
            )
        else {
            throw ExplainedError(
                what: "it is not clear which letters are meant",
                advice: "name letters, or give filters such as --group, or --everything; only one of these",
                status: .wrongUsage
            )
        }
        return choice
    }
}
