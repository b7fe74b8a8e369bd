internal import AMQP

/// The message headers of the contract.
enum HeaderName {
    static let idempotencyKey: ShortString = "idempotency-key"
    static let authorization: ShortString = "authorization"
    static let requestID: ShortString = "request-id"
    static let traceparent: ShortString = "traceparent"
    static let tracestate: ShortString = "tracestate"
    static let status: ShortString = "status"
    static let isReplay: ShortString = "idempotent-replayed"

    // On dead letters.
    static let failureCode: ShortString = "failure-code"
    static let failureMessage: ShortString = "failure-message"
    static let failureDetails: ShortString = "failure-details"
    static let failureTime: ShortString = "failure-time"
    static let originalExchange: ShortString = "original-exchange"
    static let originalRoutingKey: ShortString = "original-routing-key"
    static let originalUserID: ShortString = "original-user-id"
    static let originalExpiration: ShortString = "original-expiration"
    static let bodyByteCount: ShortString = "body-bytes"
    static let verifiedTenant: ShortString = "verified-tenant"
    static let verifiedClient: ShortString = "verified-client"
    static let verifiedSubject: ShortString = "verified-subject"
    static let verifiedScopes: ShortString = "verified-scopes"
}
