/// Everything that `orderbus http` is told.
struct HTTPProgramSettings: Sendable {
    let amqp: AMQPSettings
    let tokens: TokenSettings
    let http: HTTPSettings
    let admin: ListenerSettings
    let shutdown: ShutdownSettings
    let log: LogSettings

    init(reading reader: inout SettingsReader) {
        amqp = AMQPSettings(reading: &reader)
        tokens = TokenSettings(reading: &reader)
        http = HTTPSettings(reading: &reader)
        admin = ListenerSettings.admin(of: .http, reading: &reader)
        shutdown = ShutdownSettings(reading: &reader)
        log = LogSettings(reading: &reader)
    }
}
