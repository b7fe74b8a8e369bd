/// Why and when a command could not be done.
package struct LetterFailure: Sendable, Hashable {
    package var reason: FailureReason
    /// The contract's error code where a worker gave one; otherwise the reason in capitals, as `DELIVERY_LIMIT`.
    package var code: String
    /// One sentence; hostile like everything that came in a message.
    package var message: String
    /// The broken rules as the JSON array of the contract, where the worker gave them.
    package var details: String?
    /// Tries of ours, at least 1.
    package var attempts: Int
    package var firstFailedAt: Timestamp
    package var lastFailedAt: Timestamp
    /// The version of the program that failed, if it said so.
    package var release: String?

    package init(
        reason: FailureReason,
        code: String,
        message: String,
        details: String? = nil,
        attempts: Int = 1,
        firstFailedAt: Timestamp,
        lastFailedAt: Timestamp,
        release: String? = nil
    ) {
        self.reason = reason
        self.code = code
        self.message = message
        self.details = details
        self.attempts = attempts
        self.firstFailedAt = firstFailedAt
        self.lastFailedAt = lastFailedAt
        self.release = release
    }
}
