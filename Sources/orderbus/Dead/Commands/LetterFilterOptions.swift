import ArgumentParser

/// Which letters are meant; for `@OptionGroup`.
struct LetterFilterOptions: ParsableArguments {
    @Option(help: "kept, replaying, replayed or discarded.")
    var state: String?

    @Option(help: "One kind of failure: dg_….")
    var group: String?

    @Option(help: "The error's code, for example ORDER_VALIDATION_FAILED.")
    var code: String?

    @Option(help: "The command, for example order.create.v1.")
    var command: String?

    @Option(help: "The release of the worker that could not do it.")
    var release: String?

    @Option(help: "The tenant of whom sent it.")
    var tenant: String?

    @Option(help: "The client that sent it.")
    var client: String?

    @Option(help: "The customer whom it was about.")
    var customer: String?

    @Option(help: "Occurs in the body as it arrived (revisions are not searched), or in the error's text.")
    var text: String?

    @Option(help: "A place that the body as it arrived must have, for example $.customerId.")
    var path: String?

    @Option(help: "What must be at the place that --path names, in the body as it arrived.")
    var value: String?

    @Option(help: "Kept at this time or later, for example 2026-11-20T12:00:00Z.")
    var from: String?

    @Option(help: "Kept before this time.")
    var before: String?

    func validate() throws {
        try OptionRules.refuseBlanks(members)
        try OptionRules.check(states: state)
        try OptionRules.check(group: group)
        guard value == nil || path != nil else { throw ValidationError("--value needs --path, the place where it is") }
    }

    /// By the names of the console's query.
    var members: [(name: String, value: String?)] {
        [
            ("group", group), ("state", state), ("code", code), ("command", command), ("release", release),
            ("tenant", tenant), ("client", client), ("customer", customer), ("text", text), ("path", path),
            ("value", value), ("from", from), ("before", before),
        ]
    }

    var isEmpty: Bool { members.allSatisfy { $0.value == nil } }
}
