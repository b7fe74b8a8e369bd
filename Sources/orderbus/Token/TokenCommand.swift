import ArgumentParser

/// `orderbus token`: development tokens, and a second opinion about any token.
struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Mint development tokens, verify tokens, make keys.",
        subcommands: [
            TokenMintCommand.self, TokenVerifyCommand.self, TokenJWKSCommand.self, TokenKeygenCommand.self,
        ]
    )
}
