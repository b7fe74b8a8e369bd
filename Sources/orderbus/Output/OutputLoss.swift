import Glibc

/// Results that standard output did not take.
package struct OutputLoss: Explained, Equatable {
    private let error: Int32

    /// - Parameter error: the system's.
    /// - Returns: nil where the reader of a pipe has gone, as `head` does when it has enough: that is no loss.
    package init?(_ error: Int32) {
        guard error != EPIPE else { return nil }
        self.error = error
    }

    package var explanation: Explanation {
        Explanation(
            what: "the result cannot be written to standard output: \(String(cString: strerror(error)))",
            advice: "what was done is done, and only the result is missing;\n"
                + "make room or name another target, and ask for it again"
        )
    }
}
