/// How `orderbus topology` reaches the broker's management API, and the passwords that it gives to users.
///
/// | setting | default | |
/// |---|---|---|
/// | `AMQP_MANAGEMENT_URL` | required | `http(s)://user:password@host:port`, and `/vhost` where it is not `/` |
/// | `PRODUCER_PASSWORD`, `WORKER_PASSWORD`, … | none | a user without one is left as it is, or made unable to log in |
package struct ManagementSettings: Sendable, Equatable {
    /// With a password, so never to be shown.
    package let url: String
    /// By user name.
    package let passwords: [String: String]

    /// Reads the settings.
    ///
    /// - Parameter users: whose passwords are looked for.
    package init(users: [String], reading reader: inout SettingsReader) {
        url = reader.required(.amqpManagementURL, prefixes: ["http://", "https://"])
        var passwords: [String: String] = [:]
        for user in users {
            passwords[user] = reader.value(.password(ofUser: user))
        }
        self.passwords = passwords
    }

    /// The management API that the setting names; nil where it is refused.
    static func endpoint(reading reader: inout SettingsReader) -> ManagementEndpoint? {
        let known = reader.problems.count
        let settings = ManagementSettings(users: [], reading: &reader)
        let endpoint = ManagementEndpoint(url: settings.url)
        if endpoint == nil, reader.problems.count == known {
            reader.refuse(.amqpManagementURL, "is not of the form http://user:password@host:port/vhost")
        }
        return endpoint
    }
}
