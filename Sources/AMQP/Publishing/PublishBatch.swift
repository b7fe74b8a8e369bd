/// Messages that were handed over together, and what has become of each.
///
/// Not `Sendable`: it belongs to one publisher.
final class PublishBatch {
    /// Who is told of the outcomes.
    enum Listener {
        /// Nobody: the batch is forgotten once it is written.
        case none
        /// Whoever waits for all of them.
        case waiter
        /// Told of each as it becomes known, with the message's place.
        case each((Int, PublishOutcome) -> Void)
    }

    let id: UInt64
    let messages: [OutgoingMessage]
    let deadline: ContinuousClock.Instant
    /// It waits, until its deadline, for an alarm of the broker's to pass.
    let outlastsAlarms: Bool
    /// The first message that is not written yet.
    var next = 0
    private let listener: Listener
    private var outcomes: [PublishOutcome?]
    private var unsettled: Int
    private var continuation: CheckedContinuation<[PublishOutcome], Never>?

    init(
        id: UInt64,
        messages: [OutgoingMessage],
        deadline: ContinuousClock.Instant,
        listener: Listener,
        outlastsAlarms: Bool = true
    ) {
        self.id = id
        self.messages = messages
        self.deadline = deadline
        self.listener = listener
        self.outlastsAlarms = outlastsAlarms
        unsettled = messages.count
        outcomes = []
        if isAwaited { outcomes = Array(repeating: nil, count: messages.count) }
    }

    /// Somebody is told of the outcomes.
    var isAwaited: Bool {
        if case .none = listener { false } else { true }
    }

    var isSettled: Bool { unsettled == 0 }

    var isWritten: Bool { next == messages.count }

    var results: [PublishOutcome] { outcomes.map { $0 ?? .unknown } }

    /// Notes an outcome; the first one stands.
    func settle(_ index: Int, _ outcome: PublishOutcome) {
        guard isAwaited, outcomes[index] == nil else { return }
        outcomes[index] = outcome
        unsettled -= 1
        if case .each(let tell) = listener { tell(index, outcome) }
        if isSettled { resume() }
    }

    /// Settles whatever is not settled yet: what was written as unknown, the rest as unsent.
    func giveUp() {
        for index in outcomes.indices where outcomes[index] == nil {
            settle(index, index < next ? .unknown : .unsent)
        }
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
