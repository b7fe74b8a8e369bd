import Logging

/// Lines between those who log and whoever writes: bounded, counting what did not fit, with one writer at a time.
///
/// Pure: ``LogSink`` guards it with a lock and does the writing outside of the lock.
struct LogQueue: Sendable {
    private var text: LogText
    /// What a blocked output did not take; goes before `text`.
    private var unwritten: [UInt8] = []
    private var spare: [UInt8] = []
    private var isWriting = false
    private let capacityBytes: Int
    /// Lines lost since the last time that was logged.
    private(set) var droppedLines = 0

    init(style: LogStyle, capacityBytes: Int) {
        text = LogText(style: style)
        self.capacityBytes = capacityBytes
    }

    /// Bytes that wait to be written.
    var count: Int { text.bytes.count + unwritten.count }

    /// Appends one record, or counts it as dropped where it does not fit.
    mutating func append(
        _ level: Logger.Level,
        logger: String,
        message: String,
        at time: WallTime,
        fields: (inout LogText) -> Void
    ) {
        let start = text.bytes.count
        text.begin(level, logger: logger, message: message, at: time)
        fields(&text)
        text.end()
        if count > capacityBytes {
            text.removeBytes(from: start)
            droppedLines += 1
        }
    }

    /// Gives the caller the bytes to write, or nil where there are none or another caller is writing.
    ///
    /// The caller then writes and says so with ``wrote(_:of:at:)``.
    mutating func beginWriting(at time: WallTime) -> [UInt8]? {
        guard !isWriting else { return nil }
        let bytes = nextBytes(at: time)
        isWriting = bytes != nil
        return bytes
    }

    /// Notes that the first `count` bytes are written; fewer than all means that the output takes no more now.
    ///
    /// - Returns: what to write next; nil ends the caller's turn.
    mutating func wrote(_ count: Int, of bytes: consuming [UInt8], at time: WallTime) -> [UInt8]? {
        guard count >= bytes.count else {
            bytes.removeSubrange(..<count)
            unwritten = bytes
            isWriting = false
            return nil
        }
        // A buffer that a burst has blown up is not kept.
        spare = bytes.capacity <= 128 * 1024 ? bytes : []
        let next = nextBytes(at: time)
        isWriting = next != nil
        return next
    }

    /// Notes that the output refuses these bytes for good (a closed pipe, a full disk); their lines are dropped.
    mutating func failed(_ bytes: consuming [UInt8]) {
        droppedLines += bytes.count { $0 == UInt8(ascii: "\n") }
        isWriting = false
    }

    private mutating func nextBytes(at time: WallTime) -> [UInt8]? {
        if !unwritten.isEmpty {
            let bytes = unwritten
            unwritten = []
            return bytes
        }
        if droppedLines > 0, !text.bytes.isEmpty {
            sayHowManyWereDropped(at: time)
        }
        guard !text.bytes.isEmpty else { return nil }
        let storage = spare
        spare = []
        return text.take(replacement: storage)
    }

    /// Written after the lines that did fit, so that it stands where the gap is.
    private mutating func sayHowManyWereDropped(at time: WallTime) {
        text.begin(.warning, logger: "telemetry", message: "log lines dropped", at: time)
        text.field("count", droppedLines)
        text.end()
        droppedLines = 0
    }
}
