import ArgumentParser
import Glibc
internal import Tokens

/// Which private key signs development tokens; for `@OptionGroup`.
struct SigningKeyOptions: ParsableArguments {
    /// Where `scripts/run` keeps its key.
    static let usualPath = ".run/idp/private.pem"

    @Option(
        help: "The private key in PEM. (default: DEVELOPMENT_KEY_FILE, else \(Self.usualPath) if it is there)",
        completion: .file(extensions: ["pem"])
    )
    var key: String?

    @Option(help: "The key's name, `kid`, in headers and key sets.")
    var kid = "dev"

    @Option(help: "The signature algorithm. (default: RS256, ES256 or EdDSA, as the key goes)")
    var algorithm: TokenAlgorithm?

    func validate() throws {
        guard !kid.isEmpty else { throw ValidationError("--kid is empty: give the key a name, for example dev") }
    }

    /// The file of the key; nil where none is named and none is in the usual place.
    var path: String? {
        if let key { return key }
        if let path = Settings.environment["DEVELOPMENT_KEY_FILE"], !path.isEmpty { return path }
        return access(Self.usualPath, F_OK) == 0 ? Self.usualPath : nil
    }

    /// Reads the key.
    ///
    /// - Throws: an explanation that names the file and what to do.
    func signer() throws -> TokenSigner {
        let (signer, path) = try read()
        if let objection = SigningKeyRules.objection(to: signer) {
            throw ExplainedError(
                what: "no orderbus takes this key: \(objection)",
                place: path,
                advice: "make another: orderbus token keygen --out FILE",
                status: .wrongUsage
            )
        }
        return signer
    }

    private func read() throws -> (signer: TokenSigner, path: String) {
        guard let path else {
            throw ExplainedError(
                what: "there is no key to sign with",
                advice: "name one with --key FILE or DEVELOPMENT_KEY_FILE,\n"
                    + "or make one: orderbus token keygen --out \(Self.usualPath)",
                status: .wrongUsage
            )
        }
        do {
            let pem = try SettingFile.read(path).text
            return (try TokenSigner(pem: Array(pem.utf8), keyID: KeyID(kid), algorithm: algorithm), path)
        } catch let error as SettingFileError {
            throw ExplainedError(what: "cannot read the key: \(error.reason)", place: path, status: .wrongUsage)
        } catch {
            throw ExplainedError(
                what: "the key cannot sign: \(error)",
                place: path,
                advice: "use a key from orderbus token keygen, or openssl genrsa 2048",
                status: .wrongUsage
            )
        }
    }
}
