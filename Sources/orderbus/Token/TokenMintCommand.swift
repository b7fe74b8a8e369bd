import ArgumentParser
internal import Tokens

/// `orderbus token mint`: prints a token signed with the development key.
struct TokenMintCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mint",
        abstract: "Print a token for development, signed with a key of one's own.",
        discussion: """
            Prints the token alone. A deployment accepts it if its OIDC_ISSUER and OIDC_AUDIENCE are those of the token \
            and its key set has the key's public half, see token jwks.

              export ORDERBUS_TOKEN=$(orderbus token mint --client-id shop --tenant acme)
              orderbus token mint --expires-in -5m                  # expired
              orderbus token mint --scope orders:read               # may read alone
              orderbus token mint --claim 'aud=["a","orderbus"]'    # any claim, as JSON
              orderbus token mint --omit exp --type JWT             # no exp, another typ
            """
    )

    @OptionGroup(title: "Key") var key: SigningKeyOptions
    @OptionGroup(title: "Identity") var identity: IdentityOptions

    @Option(help: "The subject, `sub`. (default: the client id)")
    var subject: String?

    @Option(help: "What the token allows, separated by spaces.")
    var scope = "orders:write orders:read"

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How long the token is valid: ms, s, m, h or d; negative: expired so long ago.")
    )
    var expiresIn = SignedDuration(.seconds(3600))

    @Option(help: "The token's type, `typ` in its header; empty leaves it out.")
    var type = "at+jwt"

    @Option(
        help: ArgumentHelp("A further claim, or another value for one; may be repeated.", valueName: "name=json"),
        transform: { try ExtraClaim(argument: $0) }
    )
    var claim: [ExtraClaim] = []

    @Option(help: ArgumentHelp("A claim to leave out; may be repeated.", valueName: "name"))
    var omit: [String] = []

    func run() async throws {
        let signer = try key.signer()
        var claims = try identity.claims()
        claims.subject = subject
        claims.scope = scope
        claims.lifetime = expiresIn.duration
        claims.others = claim
        claims.omitted = Set(omit)
        let token = try DevelopmentTokens(signer: signer).token(claims, type: type.isEmpty ? nil : type)
        StandardStream.output.write(token + "\n")
    }
}
