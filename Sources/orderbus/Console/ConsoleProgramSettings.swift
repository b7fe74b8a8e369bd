internal import Orders

/// Everything that `orderbus console` is told.
///
/// | setting | default | |
/// |---|---|---|
/// | `CONSOLE_AMQP_URL` | `AMQP_URL` | the broker, as the user whom the workers trust with replays |
struct ConsoleProgramSettings: Sendable {
    let amqp: AMQPSettings
    let brokerUsers: BrokerUserSettings
    let database: DatabaseSettings
    let tokens: TokenSettings
    let retention: RetentionSettings
    let console: ConsoleSettings
    let admin: ListenerSettings
    let shutdown: ShutdownSettings
    let log: LogSettings

    init(reading reader: inout SettingsReader) {
        amqp = AMQPSettings(reading: &reader, preferring: .consoleAMQPURL)
        brokerUsers = BrokerUserSettings(reading: &reader)
        database = DatabaseSettings(reading: &reader)
        tokens = TokenSettings(reading: &reader)
        retention = RetentionSettings(reading: &reader)
        console = ConsoleSettings(brokerUsers, reading: &reader)
        admin = ListenerSettings.admin(of: .console, reading: &reader)
        shutdown = ShutdownSettings(reading: &reader)
        log = LogSettings(reading: &reader)
    }
}
