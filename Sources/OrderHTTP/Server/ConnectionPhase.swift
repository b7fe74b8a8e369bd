/// What a connection is doing, and until when it may.
///
/// Pure: the caller gives the time.
struct ConnectionPhase {
    enum State: Equatable {
        /// Nothing has come since the connection began or the last response. Can transition to `readingHead`.
        case idle
        /// Can transition to `readingBody`.
        case readingHead
        /// Can transition to `answering`, and to `idle` where the response was there first.
        case readingBody
        /// The request is complete, its response is not: other deadlines bound that. Can transition to `idle`.
        case answering
        /// The last response is out; what still comes is thrown away.
        case lingering
    }

    enum Expiry: Equatable {
        case none
        /// The body is late: the caller is to be told.
        case requestLate
        case close
    }

    private(set) var state = State.idle
    private let limits: ConnectionLimits
    /// `nil` while nothing bounds the state here.
    private var deadline: ContinuousClock.Instant?
    /// Set while the caller does not read what was written.
    private var writeDeadline: ContinuousClock.Instant?
    private var isFirst = true
    private var isRequestComplete = true
    private var isResponseComplete = true
    /// Requests sent ahead of the responses before them, and whether the newest of all has arrived whole.
    private var waitingRequests = 0
    private var isNewestComplete = true

    init(limits: ConnectionLimits, at now: ContinuousClock.Instant) {
        self.limits = limits
        deadline = now + limits.headTime
    }

    /// A request is being read or a response is owed.
    var isBusy: Bool { !isRequestComplete || !isResponseComplete || waitingRequests > 0 }

    mutating func bytesArrived(at now: ContinuousClock.Instant) {
        guard state == .idle else { return }
        state = .readingHead
        // The first request's time has been running since the connection began.
        if !isFirst { deadline = now + limits.headTime }
    }

    mutating func headArrived(at now: ContinuousClock.Instant) {
        isFirst = false
        isNewestComplete = false
        if isBusy {
            waitingRequests += 1
        } else {
            begin(at: now)
        }
    }

    /// Whoever sends the body that is being read has proven who it is.
    mutating func callerKnown(at now: ContinuousClock.Instant) {
        guard let time = limits.knownBodyTime, state == .readingBody, !isRequestComplete else { return }
        deadline = now + time
    }

    mutating func requestEnded(at now: ContinuousClock.Instant) {
        isNewestComplete = true
        guard waitingRequests == 0, state != .lingering else { return }
        isRequestComplete = true
        advance(at: now)
    }

    mutating func responseEnded(at now: ContinuousClock.Instant) {
        isResponseComplete = true
        guard isRequestComplete, state != .lingering else { return }
        advance(at: now)
    }

    mutating func writabilityChanged(_ isWritable: Bool, at now: ContinuousClock.Instant) {
        writeDeadline = isWritable ? nil : now + limits.writeTime
    }

    /// The caller was told that its request is late, and has the time of a farewell left.
    mutating func toldLate(at now: ContinuousClock.Instant) {
        isRequestComplete = true
        deadline = now + limits.lingerTime
    }

    mutating func lastResponseWritten(at now: ContinuousClock.Instant) {
        state = .lingering
        deadline = now + limits.lingerTime
    }

    func expiry(at now: ContinuousClock.Instant) -> Expiry {
        if let writeDeadline, writeDeadline <= now { return .close }
        guard let deadline, deadline <= now else { return .none }
        return state == .readingBody && !isRequestComplete && !isResponseComplete ? .requestLate : .close
    }

    private mutating func begin(at now: ContinuousClock.Instant) {
        isRequestComplete = false
        isResponseComplete = false
        state = .readingBody
        deadline = now + limits.bodyTime
    }

    /// Goes on where the request is complete.
    private mutating func advance(at now: ContinuousClock.Instant) {
        if !isResponseComplete {
            state = .answering
            deadline = nil
        } else if waitingRequests > 0 {
            waitingRequests -= 1
            begin(at: now)
            guard waitingRequests > 0 || isNewestComplete else { return }
            isRequestComplete = true
            state = .answering
            deadline = nil
        } else {
            state = .idle
            deadline = now + limits.idleTime
        }
    }
}
