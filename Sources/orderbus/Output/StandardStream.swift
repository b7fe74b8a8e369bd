import Glibc

/// Where a command's text goes.
package enum StandardStream: Int32, Sendable {
    /// The result, for the next program in a pipe.
    case output = 1
    /// Errors and progress.
    case error = 2

    /// Whether a person is likely to be looking.
    package var isTerminal: Bool { isatty(rawValue) == 1 }

    /// Writes the whole text, waiting for a slow reader; a reader that is gone ends it silently.
    package func write(_ text: String) {
        write(Array(text.utf8))
    }

    /// Writes bytes as they are.
    package func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(rawValue, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR {
                return
            }
            rest = rest.dropFirst(max(count, 0))
        }
    }
}
