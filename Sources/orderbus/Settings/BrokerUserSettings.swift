/// The broker's users whose word the worker takes, because the broker checks who they are.
///
/// | setting | default | |
/// |---|---|---|
/// | `WORKER_AMQP_USER` | the user in `AMQP_URL` | what the broker calls the worker; needed where a certificate is the login |
/// | `CONSOLE_AMQP_USER` | `console` | who may send commands again in another's name; `none` is nobody |
/// | `CONSOLE_OPERATING_TENANT` | none | the tenant whose operators may do so in every tenant's name |
package struct BrokerUserSettings: Sendable, Equatable {
    package let worker: String?
    /// Empty for nobody.
    package let console: String
    package let operatingTenant: String?

    package init(reading reader: inout SettingsReader) {
        worker = reader.value(.workerAMQPUser)
        let name = reader.text(.consoleAMQPUser, default: "console")
        console = name == "none" ? "" : name
        operatingTenant = reader.value(.consoleOperatingTenant)
        for (setting, name) in [(Setting.workerAMQPUser, worker), (.consoleAMQPUser, console)] {
            if let name, name.utf8.count > 255 { reader.refuse(setting, "is longer than 255 bytes") }
        }
    }
}
