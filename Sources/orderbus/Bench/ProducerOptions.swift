internal import AMQP
import ArgumentParser

/// Who a producer's tool is: its broker and its token.
struct ProducerOptions: ParsableArguments {
    @Option(help: "A file with the token to send; by default ORDERBUS_TOKEN.")
    var tokenFile: String?

    init() {}

    func broker(name: String) throws -> ConnectionSettings {
        var environment = Settings.environment
        if let url = environment["PRODUCER_AMQP_URL"] { environment["AMQP_URL"] = url }
        return try Settings.load(from: environment, AMQPSettings.init).value.connectionSettings(name: name)
    }

    func authorization() throws -> String {
        if let tokenFile {
            do {
                return "Bearer " + (try SettingFile.read(tokenFile).value)
            } catch {
                throw ExplainedError(what: "cannot read the token: \(error.reason)", place: tokenFile)
            }
        }
        guard let token = Settings.environment["ORDERBUS_TOKEN"] else {
            throw ExplainedError(what: "there is no token", advice: "set ORDERBUS_TOKEN", status: .wrongUsage)
        }
        return "Bearer " + token
    }
}
