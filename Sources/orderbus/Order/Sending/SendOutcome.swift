package import Orders

/// What became of one command, as far as its sender knows.
package enum SendOutcome: Sendable, Equatable {
    /// A worker has answered, with whatever status.
    case answered(BusReply)
    /// The broker has it; no answer was asked for.
    case accepted
    /// The broker has it, but no answer came in time.
    case unanswered
    /// It may have reached the broker or not.
    case unknown(reason: String)
    /// Nothing happened.
    case notSent(reason: String)

    /// Takes the bus's word, and what was known from an earlier attempt.
    ///
    /// - Parameter last: an attempt that may have arrived stays one, whatever the next one comes to.
    package init(_ response: BusResponse, wantsReply: Bool, after last: SendOutcome) {
        switch (response, last) {
        case (.replied(let reply), _): self = .answered(reply)
        case (.taken, _): self = wantsReply ? .unanswered : .accepted
        case (_, .unanswered): self = .unanswered
        case (.unknown(let reason), _): self = .unknown(reason: reason)
        case (.notTaken, .unknown(let reason)): self = .unknown(reason: reason)
        case (.notTaken(let reason), _): self = .notSent(reason: reason)
        }
    }

    /// The same command, sent again, may come to something else soon.
    package var isWorthAnotherAttempt: Bool {
        switch self {
        case .answered(let reply): reply.status == 503 || reply.status == 429
        case .accepted: false
        case .unanswered, .unknown, .notSent: true
        }
    }

    /// The command was done, or will be for all that is known.
    package var isDone: Bool {
        switch self {
        case .answered(let reply): (200..<300).contains(reply.status)
        case .accepted: true
        case .unanswered, .unknown, .notSent: false
        }
    }
}
