/// A definite no, with all its reasons.
package struct Refusal: Error, Sendable, Hashable {
    package let code: ErrorCode
    /// One sentence for a person; never holds a token or a body.
    package let message: String
    package let details: [Violation]

    package init(_ code: ErrorCode, _ message: String, details: [Violation] = []) {
        self.code = code
        self.message = message
        self.details = details
    }

    /// The command may be good and could not be done: an operator must see it.
    package var isOurFault: Bool { code == .internalError || code == .deliveryLimit }
}

extension Refusal {
    package static let orderNotFound = Refusal(.orderNotFound, "No such order")
    package static let keyReused = Refusal(
        .idempotencyKeyReused,
        "This idempotency key was used for a different order; send a new key, or the same order again"
    )
    package static func cannotCancel(_ status: OrderStatus) -> Refusal {
        Refusal(.orderStateConflict, "An order that is \(status.rawValue) cannot be cancelled")
    }
    package static func otherVersion(_ version: Int32) -> Refusal {
        Refusal(
            .preconditionFailed,
            "The order is not in the expected version; read it again",
            details: [Violation(field: "expectedVersion", message: "must be \(version), which the order is in")]
        )
    }
}
