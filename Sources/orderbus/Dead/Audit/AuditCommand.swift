import ArgumentParser

/// `orderbus audit`: what operators did, and whether its record is whole.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "What operators did and were refused: list it, and check that nothing was altered.",
        discussion: "Speaks with orderbus console at CONSOLE_URL as the operator whose token is ORDERBUS_TOKEN.",
        subcommands: [AuditListCommand.self, AuditVerifyCommand.self]
    )
}
