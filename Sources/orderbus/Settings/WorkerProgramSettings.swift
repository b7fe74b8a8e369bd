/// Everything that `orderbus worker` is told.
package struct WorkerProgramSettings: Sendable, Equatable {
    package let amqp: AMQPSettings
    package let brokerUsers: BrokerUserSettings
    package let database: DatabaseSettings
    package let tokens: TokenSettings
    package let worker: WorkerSettings
    package let admin: ListenerSettings
    package let shutdown: ShutdownSettings
    package let log: LogSettings

    package init(reading reader: inout SettingsReader) {
        amqp = AMQPSettings(reading: &reader)
        brokerUsers = BrokerUserSettings(reading: &reader)
        database = DatabaseSettings(reading: &reader)
        tokens = TokenSettings(reading: &reader)
        worker = WorkerSettings(reading: &reader)
        admin = ListenerSettings.admin(of: .worker, reading: &reader)
        shutdown = ShutdownSettings(reading: &reader)
        log = LogSettings(reading: &reader)
    }
}
