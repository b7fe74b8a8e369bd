internal import Orders

/// Everything that `orderbus console` is told.
///
/// | setting | default | |
/// |---|---|---|
/// | `CONSOLE_AMQP_URL` | `AMQP_URL` | the broker, as the user whom the workers trust with replays |
/// | `CONSOLE_OPERATING_TENANT` | none | the tenant whose operators look after all others |
struct ConsoleProgramSettings: Sendable, Equatable {
    let amqp: AMQPSettings
    let brokerUsers: BrokerUserSettings
    let database: DatabaseSettings
    let tokens: TokenSettings
    let operatingTenant: String?
    let retention: RetentionSettings
    let listener: ListenerSettings
    let admin: ListenerSettings
    let shutdown: ShutdownSettings
    let log: LogSettings

    init(reading reader: inout SettingsReader) {
        amqp = AMQPSettings(reading: &reader, preferring: .consoleAMQPURL)
        brokerUsers = BrokerUserSettings(reading: &reader)
        database = DatabaseSettings(reading: &reader)
        tokens = TokenSettings(reading: &reader)
        operatingTenant = reader.value(.consoleOperatingTenant)
        retention = RetentionSettings(reading: &reader)
        listener = ListenerSettings.console(reading: &reader)
        admin = ListenerSettings.admin(of: .console, reading: &reader)
        shutdown = ShutdownSettings(reading: &reader)
        log = LogSettings(reading: &reader)
    }
}
