internal import HTTPTypes
internal import OrderHTTP
internal import Orders

extension Problem {
    static func wrong(_ field: String, _ message: String) -> Problem {
        .invalid([Violation(field: field, message: message)])
    }

    static let nothingHere = Problem(.notFound, "NOT_FOUND", "There is nothing here")
    static let noSuchLetter = Problem(.notFound, "LETTER_NOT_FOUND", "No such dead letter")
    static let noSuchGroup = Problem(.notFound, "GROUP_NOT_FOUND", "No such group")
    static let noSuchJob = Problem(.notFound, "REPLAY_NOT_FOUND", "No such replay")

    static func conflict(_ message: String) -> Problem {
        Problem(.conflict, "LETTER_STATE_CONFLICT", message)
    }

    static func methodNotAllowed(_ methods: String) -> Problem {
        Problem(.methodNotAllowed, "METHOD_NOT_ALLOWED", "Only \(methods) here", fields: [.allow: methods])
    }

    static func unsupported(_ type: String) -> Problem {
        Problem(.unsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", "The body must be \(type)", fields: [.accept: type])
    }

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(.contentTooLarge, "PAYLOAD_TOO_LARGE", "The body has more than \(limit) bytes")
    }

    static let otherSite = Problem(.forbidden, "CROSS_SITE", "Only this page itself may ask for that with its session")

    static func scopeMissing(_ scope: DeadLetterScope) -> Problem {
        let challenge = "Bearer realm=\"orderbus\", error=\"insufficient_scope\", scope=\"\(scope.rawValue)\""
        return Problem(
            Refusal(.insufficientScope, "The token lacks the scope \(scope.rawValue)"),
            fields: [.wwwAuthenticate: challenge]
        )
    }

    init(_ error: StoreError) {
        switch error.kind {
        case .unavailable, .contended: self = .unavailable("The database cannot do that at the moment")
        case .rejected: self = .malformed("The database cannot store that")
        }
    }
}
