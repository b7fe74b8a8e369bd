internal import AMQP

extension AMQPSettings {
    /// The settings as the room `AMQP` takes them.
    ///
    /// - Throws: an explanation that names the part of the URL that is wrong.
    func connectionSettings(name: String) throws -> ConnectionSettings {
        do throws(AMQPError) {
            var settings = try ConnectionSettings(urls: urls.joined(separator: ","))
            settings.connectionName = name
            if let caFile { settings.tls.authorities = caFile }
            settings.tls.certificate = certificateFile
            settings.tls.key = keyFile
            try settings.validate()
            return settings
        } catch {
            throw ExplainedError(
                what: "\(setting.name) is wrong: \(error.message)",
                place: MaskedURL.mask(urls.joined(separator: ",")),
                advice: "write it as \(setting.example)",
                status: .wrongUsage
            )
        }
    }
}
