internal import HTTPTypes
package import Orders

extension Problem {
    // MARK: - Who asks

    package static let tokenMissing = Problem(.unauthorized, "The request needs a token: Authorization: Bearer …")
        .with(.wwwAuthenticate, "Bearer realm=\"orderbus\"")

    /// A token that will not do.
    ///
    /// Source: RFC 6750 §3.
    package static func tokenRefused(_ refusal: Refusal) -> Problem {
        Problem(refusal).with(
            .wwwAuthenticate,
            "Bearer realm=\"orderbus\", error=\"invalid_token\", error_description=\"\(described(refusal.message))\""
        )
    }

    package static let tokenRepeated = Problem(.malformedMessage, "The field Authorization was sent more than once")
        .with(.wwwAuthenticate, "Bearer realm=\"orderbus\", error=\"invalid_request\"")

    static func scopeMissing(_ scope: Scope) -> Problem {
        Problem(.insufficientScope, "The token lacks the scope \(scope.rawValue)").with(
            .wwwAuthenticate,
            "Bearer realm=\"orderbus\", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
        )
    }

    /// What RFC 6750 §3 allows in an `error_description`: printable ASCII without `"` and `\`.
    private static func described(_ message: String) -> String {
        String(
            decoding: message.utf8.map { byte in
                let isPlain = (0x20...0x7e).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
                return isPlain ? byte : UInt8(ascii: "'")
            },
            as: UTF8.self
        )
    }

    static let addressNotAllowed = Problem(.addressNotAllowed, "Requests from this address are not taken")

    static func rateLimited(_ decision: RateDecision) -> Problem {
        Problem(.rateLimited, "Too many requests; go on after \(decision.retryAfter) s")
            .with(.retryAfter, String(decision.retryAfter))
            .with(.rateLimitPolicy, decision.policy.field)
            .with(.rateLimit, decision.limitField)
    }

    // MARK: - What is asked

    static let notHTTP = Problem(.malformedMessage, "The request is not HTTP/1.1")

    static let hostMissing = Problem(.malformedMessage, "The request must have one field Host, with a host in it")

    static let headersTooLarge = Problem(.headersTooLarge, "The request's fields are too many or too large")

    static let methodUnknown = Problem(.notImplemented, "There is no such method, or the request is not HTTP/1.1")

    static let transferCodingUnknown = Problem(.notImplemented, "The one transfer coding that is understood is chunked")

    static let noSuchRoute = Problem(.notFound, "There is nothing here; /docs shows what there is")

    static func methodNotAllowed(_ methods: [HTTPRequest.Method]) -> Problem {
        let allowed = methods.map(\.rawValue).joined(separator: ", ")
        return Problem(.methodNotAllowed, "Only \(allowed) here").with(.allow, allowed)
    }

    static let notAcceptable = Problem(.notAcceptable, "Answers are application/json, which Accept rules out")

    static let notJSON = Problem(.unsupportedMediaType, "The body must be application/json in UTF-8")
        .with(.accept, "application/json")

    static let encoded = Problem(.unsupportedMediaType, "The body must not be compressed")
        .with(.acceptEncoding, "identity")

    static let bodyTooLarge = Problem(
        .payloadTooLarge,
        "The body has more than \(OrderRules.bodyBytes) bytes"
    )

    package static let bodyLate = Problem(.requestTimeout, "The body did not arrive in time")

    package static func malformed(_ what: String) -> Problem {
        Problem(.malformedMessage, what)
    }

    package static func invalid(_ violations: [Violation]) -> Problem {
        Problem(.validationFailed, "The request breaks the rules listed in details", details: violations)
    }

    static let preconditionFailed = Problem(
        .preconditionFailed,
        "The order is not in the version that If-Match names; read it again"
    )

    // MARK: - What we could not do

    package static func unavailable(_ message: String, retryAfter: Int64 = 1) -> Problem {
        Problem(.serviceUnavailable, message).with(.retryAfter, String(max(retryAfter, 1)))
    }

    package static let overloaded = unavailable("Too many requests are being answered; nothing was taken")
    static let busAway = "The order bus is not reachable; nothing was taken"
    package static let keysAway = unavailable(
        "The keys that verify tokens cannot be had at the moment; nothing was taken"
    )

    static let unanswered = Problem(.replyTimeout, "The answer did not come in time").with(.retryAfter, "1")

    static let outcomeUnknown = Problem(
        .replyTimeout,
        "It is not known whether the command was taken; send the same request again, with the same Idempotency-Key"
    ).with(.retryAfter, "1")

    static let internalError = Problem(.internalError, "The answer could not be understood")
}
