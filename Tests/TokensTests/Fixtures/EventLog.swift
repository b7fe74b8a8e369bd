import Tokens

/// What a refresher reports, to be waited for.
final class EventLog: Sendable {
    private let stream: AsyncStream<KeyRefreshEvent>
    private let continuation: AsyncStream<KeyRefreshEvent>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    var report: @Sendable (KeyRefreshEvent) -> Void {
        { [continuation] event in continuation.yield(event) }
    }

    func first(where isWanted: (KeyRefreshEvent) -> Bool) async {
        for await event in stream where isWanted(event) { return }
    }
}
