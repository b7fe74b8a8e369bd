import ArgumentParser

/// `orderbus dead list`: lists letters.
struct DeadListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List letters that fit the filters, newest first.",
        discussion: """
              orderbus dead list --code ORDER_VALIDATION_FAILED --state kept
              orderbus dead list --path '$.customerId' --value c-17 --all -o json
            """
    )

    @OptionGroup(title: "Filters") var filters: LetterFilterOptions
    @OptionGroup var page: PageOptions
    @OptionGroup var console: ConsoleOptions

    func run() async throws {
        let fields = [
            ConsoleListing.Field("id", title: "LETTER"), ConsoleListing.Field("state", title: "STATE"),
            ConsoleListing.Field("command", title: "COMMAND"), ConsoleListing.Field("code", title: "CODE"),
            ConsoleListing.Field("attempts", title: "ATTEMPTS"), ConsoleListing.Field("release", title: "RELEASE"),
            ConsoleListing.Field("tenant", title: "TENANT"),
            ConsoleListing.Field("clientId", title: "CLIENT"), ConsoleListing.Field("customerId", title: "CUSTOMER"),
            ConsoleListing.Field("lastFailureAt", title: "LAST FAILURE"),
            ConsoleListing.Field("repeatFailures", title: "AGAIN"),
        ]
        let query = filters.members
        try await page.list("letters", at: ["v1", "dead", "letters"], query: query, fields: fields, through: console)
    }
}
