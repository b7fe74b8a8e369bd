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

    // On commands that wait to come again, and honoured only from the worker itself.
    static let attempt: ShortString = "attempt"
    static let firstFailureTime: ShortString = "first-failure-time"

    // On commands that the console sends again, and honoured only from the console.
    static let onBehalfOf = "on-behalf-of-"
    static let onBehalfOfTenant: ShortString = "on-behalf-of-tenant"
    static let onBehalfOfClient: ShortString = "on-behalf-of-client"
    static let onBehalfOfSubject: ShortString = "on-behalf-of-subject"
    static let onBehalfOfScopes: ShortString = "on-behalf-of-scopes"
    static let replayID: ShortString = "replay-id"
    static let deadLetterID: ShortString = "dead-letter-id"

    // On dead letters.
    static let attempts: ShortString = "attempts"
    static let failureCode: ShortString = "failure-code"
    static let failureMessage: ShortString = "failure-message"
    static let failureDetails: ShortString = "failure-details"
    static let failureTime: ShortString = "failure-time"
    static let failureRelease: ShortString = "failure-release"
    static let originalExchange: ShortString = "original-exchange"
    static let originalRoutingKey: ShortString = "original-routing-key"
    static let originalUserID: ShortString = "original-user-id"
    static let originalExpiration: ShortString = "original-expiration"
    static let bodyByteCount: ShortString = "body-bytes"
    static let verifiedTenant: ShortString = "verified-tenant"
    static let verifiedClient: ShortString = "verified-client"
    static let verifiedSubject: ShortString = "verified-subject"
    static let verifiedScopes: ShortString = "verified-scopes"
    static let replayedByTenant: ShortString = "replayed-by-tenant"
    static let replayedByClient: ShortString = "replayed-by-client"
    static let replayedBySubject: ShortString = "replayed-by-subject"

    /// Whether a header carries a token, however its sender wrote the name.
    static func isAuthorization(_ name: some Collection<UInt8>) -> Bool {
        let authorization = authorization.bytes
        return name.count == authorization.count
            && name.elementsEqual(authorization) { byte, expected in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 == expected : byte == expected
            }
    }

    /// What a command's sender and the console may say, which is kept where nothing else can be.
    static func isContracts(_ name: ShortString) -> Bool {
        commands.contains(name) || name.bytes.starts(with: onBehalfOf.utf8)
    }

    /// Without the request's id, which is written anew.
    private static let commands: Set<ShortString> = [
        authorization, idempotencyKey, traceparent, tracestate, replayID, deadLetterID,
    ]

    /// What the worker writes anew on what waits or has died, whatever the sender said.
    static func isWrittenAnew(_ name: ShortString) -> Bool { name == requestID || workers.contains(name) }

    /// Above this size a sender's own headers are left out there: with ours they might not fit into a frame of 128 KiB.
    static let keptByteLimit = 96 * 1024

    /// What only the worker may say: whoever sends a message again must not make it say this.
    static let workers: Set<ShortString> = [
        attempt, firstFailureTime, attempts, failureCode, failureMessage, failureDetails, failureTime,
        failureRelease, originalExchange, originalRoutingKey, originalUserID, originalExpiration, bodyByteCount,
        verifiedTenant, verifiedClient, verifiedSubject, verifiedScopes,
        replayedByTenant, replayedByClient, replayedBySubject,
    ]
}
