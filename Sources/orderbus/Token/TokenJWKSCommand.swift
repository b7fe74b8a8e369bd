import ArgumentParser
internal import Tokens

/// `orderbus token jwks`: prints the public half of a key as a key set.
struct TokenJWKSCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jwks",
        abstract: "Print the public half of a private key as a JWK set, for OIDC_JWKS_FILE.",
        discussion: """
              orderbus token jwks --key private.pem --kid dev > jwks.json
            """
    )

    @OptionGroup var key: SigningKeyOptions

    func run() async throws {
        StandardStream.output.write(String(decoding: try key.signer().publicJWKS(), as: UTF8.self))
    }
}
