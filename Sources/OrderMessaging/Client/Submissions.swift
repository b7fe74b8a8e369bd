internal import Synchronization

/// What has been submitted to a client and not been fetched by its thread yet.
///
/// Handing over all that has come costs that thread one wake-up, however many there are.
final class Submissions: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [Submission] = []

        mutating func takeAll() -> [Submission] {
            let all = waiting
            waiting = []
            return all
        }
    }

    private let state = Mutex(State())
    private let arrival: AsyncStream<Void>.Continuation
    /// An element for each first one after a `takeAll()`; for one reader, once.
    let arrivals: AsyncStream<Void>

    init() {
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Lets submissions in.
    func open() {
        state.withLock { $0.isOpen = true }
    }

    /// Lets no more in.
    ///
    /// - Returns: what nobody will fetch.
    func close() -> [Submission] {
        state.withLock { state in
            state.isOpen = false
            return state.takeAll()
        }
    }

    /// - Returns: false if nobody would fetch it.
    func append(_ submission: Submission) -> Bool {
        let (isTaken, isFirst) = state.withLock { state in
            guard state.isOpen else { return (false, false) }
            state.waiting.append(submission)
            return (true, state.waiting.count == 1)
        }
        if isFirst { arrival.yield() }
        return isTaken
    }

    func takeAll() -> [Submission] {
        state.withLock { $0.takeAll() }
    }

    /// Takes back one that was not fetched yet.
    func remove(_ id: UInt64) -> Submission? {
        state.withLock { state in
            state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
        }
    }
}
