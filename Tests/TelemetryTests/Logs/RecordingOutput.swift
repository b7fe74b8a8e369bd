import Synchronization
import Telemetry

/// A log output in memory that can be told to take only so much, or nothing ever again.
final class RecordingOutput: LogOutput {
    private struct State {
        var bytes: [UInt8] = []
        var allowance = Int.max
        var isBroken = false
    }

    private let state = Mutex(State())

    /// Bytes that will still be taken.
    func allow(_ count: Int) {
        state.withLock { $0.allowance = count }
    }

    func `break`() {
        state.withLock { $0.isBroken = true }
    }

    func mend() {
        state.withLock { $0.isBroken = false }
    }

    var text: String { state.withLock { String(decoding: $0.bytes, as: UTF8.self) } }

    var lines: [Substring] { text.split(separator: "\n") }

    func write(_ bytes: ArraySlice<UInt8>) throws(LogOutputError) -> Int {
        let count: Int? = state.withLock { state in
            guard !state.isBroken else { return nil }
            let taken = bytes.prefix(state.allowance)
            state.bytes += taken
            state.allowance -= taken.count
            return taken.count
        }
        guard let count else { throw LogOutputError(number: 32) }
        return count
    }

    func waitUntilWritable(for duration: Duration) {}
}
