/// An address to listen on.
///
/// | for | host setting, default | port setting, default |
/// |---|---|---|
/// | REST callers | `HTTP_HOST`, `127.0.0.1` | `PORT`, `3000` |
/// | the console | `CONSOLE_HOST`, `127.0.0.1` | `CONSOLE_PORT`, `3001` |
/// | health and metrics | `ADMIN_HOST`, `127.0.0.1` | `ADMIN_PORT`; worker `9464`, http `9465`, console `9466` |
package struct ListenerSettings: Sendable, Equatable {
    package let host: String
    /// 1…65535.
    package let port: Int
    /// Where they are set, for messages.
    package let hostSetting: Setting
    package let portSetting: Setting

    private init(_ host: Setting, _ port: Setting, defaultPort: Int, reading reader: inout SettingsReader) {
        hostSetting = host
        portSetting = port
        self.host = reader.text(host, default: "127.0.0.1")
        self.port = reader.port(port, default: defaultPort)
    }

    package static func http(reading reader: inout SettingsReader) -> ListenerSettings {
        ListenerSettings(.httpHost, .httpPort, defaultPort: 3000, reading: &reader)
    }

    package static func console(reading reader: inout SettingsReader) -> ListenerSettings {
        ListenerSettings(.consoleHost, .consolePort, defaultPort: 3001, reading: &reader)
    }

    package static func admin(of program: Program, reading reader: inout SettingsReader) -> ListenerSettings {
        ListenerSettings(.adminHost, .adminPort, defaultPort: program.adminPort, reading: &reader)
    }
}
