internal import Logging
internal import Telemetry

extension LogSettings {
    /// The log on standard error as the settings want it, with what was odd about them as its first lines.
    ///
    /// - Parameter warnings: what `Settings.load` noticed.
    func makeSink(warnings: [String]) -> LogSink {
        let sink = LogSink.standardError(level: level, format: format)
        for warning in warnings {
            sink.record(.warning, "setting", logger: "settings") { $0.field("warning", warning) }
        }
        return sink
    }
}
