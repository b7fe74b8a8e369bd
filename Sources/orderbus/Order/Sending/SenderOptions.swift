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
        var environment = Settings.environment
        for suffix in ["", "_FILE"] {
            guard let value = environment["PRODUCER_AMQP_URL" + suffix], !value.isEmpty else { continue }
            environment["AMQP_URL"] = nil
            environment["AMQP_URL_FILE"] = nil
            environment["AMQP_URL" + suffix] = value
        }
        guard environment["AMQP_URL"] != nil || environment["AMQP_URL_FILE"] != nil else {
            throw ExplainedError(
                what: "there is no broker to send to",
                advice: "set PRODUCER_AMQP_URL or AMQP_URL, for example amqp://producer:PASSWORD@127.0.0.1:5672",
                status: .wrongUsage
            )
        }
        let loaded = try Settings.load(from: environment, AMQPSettings.init)
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
        if let token = Settings.environment["ORDERBUS_TOKEN"].flatMap({ TokenInput.token(in: Array($0.utf8)) }) {
            return SenderToken(given: String(decoding: token, as: UTF8.self))
        }
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
