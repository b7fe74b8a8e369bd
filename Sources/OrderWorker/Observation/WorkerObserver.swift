package import Orders

/// Hears what the worker does: the one place from which it is logged and counted.
package protocol WorkerObserver: Sendable {
    /// A batch was answered and settled. Called on the lane's thread, so it must be quick.
    func finished(_ batch: BatchReport)

    /// A connection came or went.
    func changed(_ change: WorkerChange)

    /// The relay's words on the events it published.
    func relayed(_ report: RelayReport)
}

/// What came or went, once each time and not once a try.
package enum WorkerChange: Sendable, Hashable {
    case intakeOpened(lane: String)
    case intakeLost(lane: String, reason: String)
    case storeAway(lane: String, reason: String)
    case storeBack(lane: String, after: Duration)
    case outboxAway(reason: String)
    case outboxBack
    /// The broker does not take an event; those it refuses stay in the outbox and are tried again now and then.
    case eventsRefused(first: StagedEventKey, type: String)
    /// It takes them all again.
    case eventsTaken(after: Duration)
    case laneStopped(lane: String)
}

/// One settled batch.
package struct BatchReport: Sendable {
    package let lane: String
    package let commands: [CommandReport]
    /// From the arrival of the oldest delivery to its transaction.
    package let waiting: Duration
    package let committing: Duration
    /// From the commit to the acknowledgement.
    package let answering: Duration
}

/// One command of a settled batch.
package struct CommandReport: Sendable {
    package enum Ending: Sendable {
        case done(CommandOutcome)
        /// Could not be judged; that is no attempt.
        case postponed(reason: String)
        /// An attempt, counted from 1, failed.
        case failed(attempt: Int, comesAgain: RetryDelay, reason: String)
    }

    package let context: CommandContext
    package let caller: Caller?
    package let orderID: OrderID?
    package let ending: Ending
    package let isDeadLetter: Bool
}

/// What the relay did in one round.
package struct RelayReport: Sendable {
    package let confirmed: Int
    /// Confirmed, and no queue was bound to hear them.
    package let unheard: Int
    /// To be sent again.
    package let unknown: Int
    /// Left in the outbox by the broker's refusal, to be tried again later.
    package let refused: Int
    /// Not to be sent at all, and left in the outbox.
    package let unsendable: [StagedEventKey]
    package let duration: Duration
}
