/// Someone who waits for a publisher to change.
struct ChangeWaiter {
    enum Change {
        case connection
        case room
        case idle
        case replies
    }

    let change: Change
    let deadline: ContinuousClock.Instant?
    /// Resumed with whether the change came, rather than the deadline or a cancellation.
    let continuation: CheckedContinuation<Bool, Never>
}
