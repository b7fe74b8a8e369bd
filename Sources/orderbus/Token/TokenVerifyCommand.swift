import ArgumentParser
internal import Tokens

/// `orderbus token verify`: judges one token from standard input as the worker would.
struct TokenVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Read one token from standard input; print whom it speaks for, or the rule that refuses it.",
        discussion: """
            With the settings of the worker: OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_FILE or OIDC_JWKS_URL, \
            OIDC_TENANT_CLAIM. Bearer before the token is allowed. A refusal is printed as the rule's name, and after it \
            a sentence.

              echo "$ORDERBUS_TOKEN" | orderbus token verify
              orderbus token mint --expires-in -5m | orderbus token verify    # expired

            Exit codes: 0 accepted, 1 refused, 2 wrong usage or settings, or keys that cannot be had.
            """
    )

    @Flag(help: "Check form, header, key and signature, but neither the type nor the claims.")
    var signatureOnly = false

    @OptionGroup var output: OutputOptions

    func run() async throws {
        let settings = try TokenVerification.settings(signatureOnly: signatureOnly)
        let token = try TokenInput.read()
        let verification = TokenVerification(settings: settings, keys: try await TokenVerification.keys(settings.keys))
        let report = signatureOnly ? verification.signature(of: token) : verification.verdict(on: token)
        StandardStream.output.write(report.text(as: output.format))
        if !report.isAccepted { throw ExitStatus.failed.exit }
    }
}
