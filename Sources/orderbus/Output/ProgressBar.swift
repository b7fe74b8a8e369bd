/// Shows a command's progress on standard error: a bar on a terminal, a line now and then elsewhere.
package struct ProgressBar {
    private var progress: Progress

    /// Begins to count; see ``Progress``.
    package init(total: Int?) {
        progress = Progress(total: total, surface: StandardStream.error.isTerminal ? .terminal : .plain)
    }

    /// Notes how much is done; to be called as often as one likes.
    package mutating func update(done: Int, failed: Int = 0) {
        if let text = progress.update(done: done, failed: failed) {
            StandardStream.error.write(text)
        }
    }

    /// Says something on a line of its own.
    package func say(_ words: String) {
        StandardStream.error.write((StandardStream.error.isTerminal ? "\r\u{1B}[K" : "") + words + "\n")
    }

    /// Shows the end.
    package func finish(done: Int, failed: Int = 0) {
        StandardStream.error.write(progress.finish(done: done, failed: failed))
    }
}
