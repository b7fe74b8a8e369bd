/// One part of an examination: what it is called, and how it is made.
struct Checkup: Sendable {
    let name: String
    let examine: @Sendable () async -> [CheckResult]

    /// Makes the examination, or says that it did not end in time.
    ///
    /// What hangs is left to itself: the program ends soon.
    func results(within limit: Duration) async -> [CheckResult] {
        let (name, examine) = (name, examine)
        let (stream, continuation) = AsyncStream.makeStream(of: [CheckResult].self)
        let work = Task {
            continuation.yield(await examine())
            continuation.finish()
        }
        let alarm = Task {
            try await Task.sleep(for: limit)
            continuation.yield([
                CheckResult(
                    name,
                    .failed,
                    "no answer within \(DurationText.text(limit))",
                    advice: "give it longer with --timeout, or see whether a firewall swallows the packets,\n"
                        + "or the server is overloaded"
                )
            ])
        }
        defer {
            work.cancel()
            alarm.cancel()
        }
        for await results in stream { return results }
        return []
    }
}
