/// A format, and whether its lines are coloured.
package struct LogStyle: Sendable, Equatable {
    package let format: LogFormat
    /// Whether the level is coloured; has no effect on JSON.
    package let isColoured: Bool

    package init(format: LogFormat, isColoured: Bool = false) {
        self.format = format
        self.isColoured = isColoured
    }
}
