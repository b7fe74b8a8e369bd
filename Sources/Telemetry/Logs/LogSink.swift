package import Logging
import Synchronization

/// The process's one log: records go into a bounded buffer, and from there to the output in large writes.
///
/// The buffer is flushed when it holds ``flushBytes``, at once by a record of level warning or above, and by
/// ``run()`` at least every 200 ms. A caller never waits for a slow reader: what the buffer cannot hold is dropped,
/// counted and said in a record of its own.
package final class LogSink: Sendable {
    /// Buffered bytes that cause a flush by whoever logs next.
    static let flushBytes = 16 * 1024

    /// The least level that is written; the loggers of ``StructuredLogHandler`` begin with it.
    package let level: Logger.Level
    private let output: any LogOutput
    private let clock: @Sendable () -> WallTime
    private let queue: Mutex<LogQueue>

    /// Makes a log over an output.
    ///
    /// - Parameter capacityBytes: bytes that may wait for the output; more is dropped. Defaults to 1 MiB.
    package init(
        output: any LogOutput,
        style: LogStyle,
        level: Logger.Level = .info,
        capacityBytes: Int = 1024 * 1024,
        clock: @escaping @Sendable () -> WallTime = { .now }
    ) {
        self.level = level
        self.output = output
        self.clock = clock
        queue = Mutex(LogQueue(style: style, capacityBytes: capacityBytes))
    }

    /// Makes the log of a program on standard error, in JSON, or for people where that is a terminal.
    ///
    /// - Parameter format: overrides the choice.
    package static func standardError(level: Logger.Level, format: LogFormat? = nil) -> LogSink {
        let output = DescriptorOutput(descriptor: 2)
        let isTerminal = output.isTerminal
        let style = LogStyle(format: format ?? (isTerminal ? .pretty : .json), isColoured: isTerminal)
        return LogSink(output: output, style: style, level: level)
    }

    /// Writes one record: the cheap way, for records that are many.
    ///
    /// - Parameter fields: called at once, under the log's lock, and only if the level is written: it must do no more
    ///   than give fields, and not log.
    package func record(
        _ level: Logger.Level,
        _ message: String,
        logger: String,
        fields: (inout LogText) -> Void = { _ in }
    ) {
        guard level >= self.level else { return }
        write(level, message, logger: logger, fields: fields)
    }

    /// Writes one record, whatever the sink's level: for loggers that have a level of their own.
    func write(_ level: Logger.Level, _ message: String, logger: String, fields: (inout LogText) -> Void) {
        let time = clock()
        let count = queue.withLock { queue in
            queue.append(level, logger: logger, message: message, at: time, fields: fields)
            return queue.count
        }
        if level >= .warning || count >= Self.flushBytes {
            flush()
        }
    }

    /// Hands buffered lines to the output, as far as it takes them without waiting.
    package func flush() {
        let time = clock()
        var next = queue.withLock { $0.beginWriting(at: time) }
        while let bytes = next {
            do {
                let count = try output.write(bytes[...])
                next = queue.withLock { $0.wrote(count, of: bytes, at: time) }
            } catch {
                queue.withLock { $0.failed(bytes) }
                next = nil
            }
        }
    }

    /// Flushes at the end of a program, waiting for a slow reader at most for `duration`.
    package func finish(within duration: Duration = .seconds(1)) {
        let deadline = ContinuousClock.now.advanced(by: duration)
        flush()
        while pendingBytes > 0, ContinuousClock.now < deadline {
            output.waitUntilWritable(for: .milliseconds(50))
            flush()
        }
    }

    /// Bytes that wait for the output.
    package var pendingBytes: Int { queue.withLock { $0.count } }
}
