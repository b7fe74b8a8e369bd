/// The error codes of the contract.
package enum ErrorCode: String, Sendable, Hashable, CaseIterable {
    case validationFailed = "ORDER_VALIDATION_FAILED"
    case malformedMessage = "MALFORMED_MESSAGE"
    case unsupportedCommand = "UNSUPPORTED_COMMAND"
    case idempotencyKeyRequired = "IDEMPOTENCY_KEY_REQUIRED"
    case unauthorized = "UNAUTHORIZED"
    case invalidToken = "INVALID_TOKEN"
    case insufficientScope = "INSUFFICIENT_SCOPE"
    case orderNotFound = "ORDER_NOT_FOUND"
    case idempotencyKeyReused = "IDEMPOTENCY_KEY_REUSED"
    case orderStateConflict = "ORDER_STATE_CONFLICT"
    case preconditionFailed = "PRECONDITION_FAILED"
    case payloadTooLarge = "PAYLOAD_TOO_LARGE"
    case rateLimited = "RATE_LIMITED"
    case internalError = "INTERNAL"
    case serviceUnavailable = "SERVICE_UNAVAILABLE"
    case replyTimeout = "REPLY_TIMEOUT"
    /// A worker ended each time it handled the command; only ever in a dead letter.
    case deliveryLimit = "DELIVERY_LIMIT"

    /// As HTTP counts.
    package var status: Int {
        switch self {
        case .validationFailed, .malformedMessage, .unsupportedCommand, .idempotencyKeyRequired: 400
        case .unauthorized, .invalidToken: 401
        case .insufficientScope: 403
        case .orderNotFound: 404
        case .idempotencyKeyReused, .orderStateConflict: 409
        case .preconditionFailed: 412
        case .payloadTooLarge: 413
        case .rateLimited: 429
        case .internalError, .deliveryLimit: 500
        case .serviceUnavailable: 503
        case .replyTimeout: 504
        }
    }
}
