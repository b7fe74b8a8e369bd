internal import AMQP
import ArgumentParser

/// Who sends, and to which broker; for `@OptionGroup`.
struct SenderOptions: ParsableArguments {
    @Option(
        help: "A file with the token to send; - is standard input. (default: ORDERBUS_TOKEN)",
        completion: .file()
    )
    var tokenFile: String?

    @OptionGroup(title: "Minted token") var key: SigningKeyOptions
    @OptionGroup(title: "Minted token") var identity: IdentityOptions

    /// The connection to the broker.
    func broker(name: String) throws -> ConnectionSettings {
        let environment = Settings.environment
        let names = [Setting.producerAMQPURL, .amqpURL].flatMap { [$0.name, $0.name + "_FILE"] }
        guard names.contains(where: { environment[$0]?.isEmpty == false }) else {
            throw ExplainedError(
                what: "there is no broker to send to",
                advice: "set PRODUCER_AMQP_URL or AMQP_URL, for example amqp://producer:PASSWORD@127.0.0.1:5672",
                status: .wrongUsage
            )
        }
        let loaded = try Settings.load(from: environment) {
            AMQPSettings(reading: &$0, preferring: .producerAMQPURL)
        }
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        return try loaded.value.connectionSettings(name: name)
    }

    /// The token to send: a given one, else a minted one.
    ///
    /// - Parameter isInputTaken: standard input holds the data, and so no token.
    func token(isInputTaken: Bool = false) throws -> SenderToken {
        if let tokenFile {
            if tokenFile == "-", isInputTaken {
                throw ExplainedError(
                    what: "standard input cannot hold both the token and the orders",
                    advice: "give the token in a file or in ORDERBUS_TOKEN, or the orders in a file",
                    status: .wrongUsage
                )
            }
            return SenderToken(given: try given(in: tokenFile))
        }
        let loaded = try SenderToken.given(in: Settings.environment)
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        if let token = loaded.value { return SenderToken(given: token) }
        guard key.path != nil else {
            throw ExplainedError(
                what: "there is no token to send",
                advice: "set ORDERBUS_TOKEN to a token of your issuer,\n"
                    + "or name a file that holds one: --token-file FILE,\n"
                    + "or let one be minted: --key FILE or DEVELOPMENT_KEY_FILE, the private key in PEM",
                status: .wrongUsage
            )
        }
        return try SenderToken(minting: DevelopmentTokens(signer: key.signer()), claims: identity.claims())
    }

    private func given(in file: String) throws -> String {
        do {
            let bytes = file == "-" ? try TokenInput.read() : Array(try SettingFile.read(file).text.utf8)
            if let token = TokenInput.token(in: bytes) { return String(decoding: token, as: UTF8.self) }
            throw ExplainedError(what: "there is no token in the file", place: file, status: .wrongUsage)
        } catch let error as SettingFileError {
            throw ExplainedError(what: "cannot read the token: \(error.reason)", place: file, status: .wrongUsage)
        }
    }
}
