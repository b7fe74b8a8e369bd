/// Where log bytes go.
package protocol LogOutput: Sendable {
    /// Writes as many of the bytes as go without waiting.
    ///
    /// - Returns: how many were written, 0 where the output takes none at the moment.
    /// - Throws: ``LogOutputError`` where the output takes none ever again, or lost these.
    func write(_ bytes: ArraySlice<UInt8>) throws(LogOutputError) -> Int

    /// Waits until the output takes bytes, at most for `duration`.
    func waitUntilWritable(for duration: Duration)
}
