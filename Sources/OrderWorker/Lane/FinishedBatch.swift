internal import Orders

/// A batch whose transaction has committed: what is left is to answer and to settle.
struct FinishedBatch {
    struct Entry {
        let command: IncomingCommand
        let ending: Ending
        let orderID: OrderID?
        let caller: Caller?
    }

    /// How a command ends.
    enum Ending {
        case done(CommandOutcome)
        /// Cannot be judged now, and comes again.
        case undecided(reason: String)
        /// Could not be done this time, and comes again.
        case failed(Postponement, reason: String)
    }

    let entries: [Entry]
    let receivedAt: Duration
    let commitBegan: Duration
    let commitEnded: Duration

    /// Acknowledging this acknowledges the whole batch: deliveries come and are finished in order.
    var lastMark: DeliveryMark? { entries.last?.command.mark }
}

extension FinishedBatch.Entry {
    /// The reply to send as a courtesy: a result, for one who asked for it.
    var courtesyReply: Reply? {
        guard command.context.replyTo != nil, case .done(let outcome) = ending, outcome.refusal == nil else {
            return nil
        }
        return Reply(outcome, to: command.context)
    }

    /// The reply that settles its command: a refusal, for one who asked to hear.
    var settlingReply: Reply? {
        guard command.context.replyTo != nil, case .done(let outcome) = ending, let refusal = outcome.refusal else {
            return nil
        }
        return refusal.isOurFault ? nil : Reply(outcome, to: command.context)
    }

    /// What is to come again, and how.
    var postponement: Postponement? {
        switch ending {
        case .done: nil
        case .undecided: Postponement(uncounted: command)
        case .failed(let postponement, _): postponement
        }
    }

    /// The dead letter that the command becomes whatever its sender hears: nobody asked, or it is our fault.
    var deadLetter: DeadLetter? {
        guard case .done(let outcome) = ending, let refusal = outcome.refusal ?? unanswerable(outcome) else {
            return nil
        }
        guard command.context.replyTo == nil || refusal.isOurFault else { return nil }
        return DeadLetter(command, because: refusal, caller: caller)
    }

    /// A question without an address: nobody could hear the answer.
    private func unanswerable(_ outcome: CommandOutcome) -> Refusal? {
        guard command.context.replyTo == nil else { return nil }
        switch outcome {
        case .found, .listed:
            return Refusal(
                .validationFailed,
                "A question needs a reply-to",
                details: [Violation(field: "reply-to", message: "is required")]
            )
        case .created, .cancelled, .refused:
            return nil
        }
    }
}

extension CommandOutcome {
    var refusal: Refusal? {
        if case .refused(let refusal) = self { refusal } else { nil }
    }
}
