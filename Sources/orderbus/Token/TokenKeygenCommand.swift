import ArgumentParser
internal import Tokens

/// `orderbus token keygen`: makes a private key.
struct TokenKeygenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a private key for development tokens and print it in PEM.",
        discussion: """
              orderbus token keygen --algorithm ES256 --out private.pem
              orderbus token jwks --key private.pem > jwks.json
            """
    )

    @Option(help: "What the key is to sign with: RS256, PS256, ES256 or EdDSA.")
    var algorithm = TokenAlgorithm.rs256

    @Option(help: "Write a new file with mode 0600 instead of printing.", completion: .file())
    var out: String?

    func run() async throws {
        let pem = try TokenSigner(generating: algorithm, keyID: nil).privatePEM()
        guard let out else { return StandardStream.output.write(String(decoding: pem, as: UTF8.self)) }
        do throws(NewFileError) {
            let file = try NewFile(path: out)
            try file.write(pem)
        } catch {
            throw ExplainedError(what: "cannot write the key: \(error.reason)", place: out)
        }
    }
}
