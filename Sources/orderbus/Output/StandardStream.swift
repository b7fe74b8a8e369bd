import Glibc
internal import Synchronization

/// Where a command's text goes.
package enum StandardStream: Int32, Sendable {
    /// The result, for the next program in a pipe.
    case output = 1
    /// Errors and progress.
    case error = 2

    /// Whether a person is likely to be looking.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// The system's error when a result could first not be written; zero before.
    private static let firstError = Atomic<Int32>(0)

    /// The results that standard output did not take; nil while it took all.
    ///
    /// Asked for once, at the end: no command is better at saying so than any other.
    package static var loss: OutputLoss? {
        let error = firstError.load(ordering: .relaxed)
        return error == 0 ? nil : OutputLoss(error)
    }

    /// Writes the whole text, waiting for a slow reader; a reader that is gone ends it silently.
    package func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Writes bytes as they are.
    package func write(_ bytes: [UInt8]) {
        guard let error = Descriptor.write(bytes, to: rawValue), self == .output else { return }
        _ = Self.firstError.compareExchange(expected: 0, desired: error, ordering: .relaxed)
    }
}
