/// How a program ends.
///
/// | setting | default | |
/// |---|---|---|
/// | `SHUTDOWN_GRACE` | `15s` | `1s`…`10m`; how long work in hand may go on after the signal |
package struct ShutdownSettings: Sendable, Equatable {
    package let grace: Duration

    package init(reading reader: inout SettingsReader) {
        grace = reader.duration(.shutdownGrace, in: .seconds(1)...(.seconds(600)), default: .seconds(15))
    }
}
