package import Logging
package import Telemetry

/// What is logged, and how.
///
/// | setting | default | |
/// |---|---|---|
/// | `LOG_LEVEL` | `info` | `trace`, `debug`, `info`, `notice`, `warning`, `error`, `critical` |
/// | `LOG_FORMAT` | `json`, on a terminal `pretty` | |
package struct LogSettings: Sendable, Equatable {
    package let level: Logger.Level
    /// nil where it depends on where the log goes.
    package let format: LogFormat?

    package init(reading reader: inout SettingsReader) {
        level = reader.choice(.logLevel, of: Logger.Level.self) ?? .info
        format = reader.choice(.logFormat, of: LogFormat.self)
    }
}
