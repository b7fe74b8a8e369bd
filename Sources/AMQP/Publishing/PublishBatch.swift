/// Messages that were handed over together, and what has become of each.
///
/// Not `Sendable`: it belongs to one publisher.
final class PublishBatch {
    let id: UInt64
    let messages: [OutgoingMessage]
    let deadline: ContinuousClock.Instant
    /// Somebody waits for the outcomes.
    ///
    /// Otherwise the batch is forgotten once it is written.
    let isAwaited: Bool
    /// The first message that is not written yet.
    var next = 0
    private var outcomes: [PublishOutcome?]
    private var unsettled: Int
    private var continuation: CheckedContinuation<[PublishOutcome], Never>?

    init(id: UInt64, messages: [OutgoingMessage], deadline: ContinuousClock.Instant, isAwaited: Bool) {
        self.id = id
        self.messages = messages
        self.deadline = deadline
        self.isAwaited = isAwaited
        unsettled = messages.count
        outcomes = isAwaited ? Array(repeating: nil, count: messages.count) : []
    }

    var isSettled: Bool { unsettled == 0 }

    var isWritten: Bool { next == messages.count }

    var results: [PublishOutcome] { outcomes.map { $0 ?? .unknown } }

    /// Notes an outcome; the first one stands.
    func settle(_ index: Int, _ outcome: PublishOutcome) {
        guard isAwaited, outcomes[index] == nil else { return }
        outcomes[index] = outcome
        unsettled -= 1
        if isSettled { resume() }
    }

    /// Settles whatever is not settled yet: what was written as unknown, the rest as unsent.
    func giveUp() {
        guard isAwaited, !isSettled else { return }
        for index in outcomes.indices where outcomes[index] == nil {
            outcomes[index] = index < next ? .unknown : .unsent
        }
        unsettled = 0
        resume()
    }

    /// Resumes the continuation once every message is settled.
    func resumeWhenSettled(_ continuation: CheckedContinuation<[PublishOutcome], Never>) {
        self.continuation = continuation
        if isSettled { resume() }
    }

    private func resume() {
        continuation?.resume(returning: results)
        continuation = nil
    }
}
