import FoundationEssentials

/// A moment of the civil clock, as seconds and nanoseconds since 1970 UTC.
package struct WallTime: Sendable, Hashable {
    /// Whole seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
    package let seconds: Int64
    /// 0…999 999 999.
    package let nanoseconds: Int32

    package init(seconds: Int64, nanoseconds: Int32 = 0) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Now, to about a microsecond.
    package static var now: WallTime {
        let time = Date.now.timeIntervalSince1970
        let seconds = time.rounded(.down)
        return WallTime(seconds: Int64(seconds), nanoseconds: Int32((time - seconds) * 1e9))
    }

    /// The moment as RFC 3339 with milliseconds, for example `2025-12-26T21:45:10.123Z`.
    package var rfc3339: String {
        var text = TimestampText()
        var bytes: [UInt8] = []
        text.append(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
