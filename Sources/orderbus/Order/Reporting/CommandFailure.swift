internal import JSON
package import Orders

/// Why a command came to nothing: its code, a sentence, and each violation.
package struct CommandFailure: Sendable, Equatable {
    /// A code of the contract, or `NOT_SENT`, `OUTCOME_UNKNOWN`, `REPLY_TIMEOUT`, `INVALID_INPUT`.
    package let code: String
    package let message: String
    /// Fields and what is wrong with them.
    package let details: [Violation]
    /// As the worker knows the command; nil where it never got that far.
    package let requestID: String?
    /// As HTTP counts; nil where no worker answered.
    package let status: Int?

    package init(
        code: String,
        message: String,
        details: [Violation] = [],
        requestID: String? = nil,
        status: Int? = nil
    ) {
        self.code = code
        self.message = message
        self.details = details
        self.requestID = requestID
        self.status = status
    }

    /// The failure that an outcome is; nil where it is none.
    package init?(_ outcome: SendOutcome, requestID: String) {
        switch outcome {
        case .accepted:
            return nil
        case .answered(let reply):
            guard !outcome.isDone else { return nil }
            self.init(reply: reply, requestID: requestID)
        case .unanswered:
            self.init(
                code: "REPLY_TIMEOUT",
                message: "the broker has the command, but no worker answered in time; sending it again does no harm",
                requestID: requestID
            )
        case .unknown(let reason):
            self.init(
                code: "OUTCOME_UNKNOWN",
                message: "\(reason); sending it again does no harm",
                requestID: requestID
            )
        case .notSent(let reason):
            self.init(code: "NOT_SENT", message: reason)
        }
    }

    /// Reads the worker's error.
    private init(reply: BusReply, requestID: String) {
        let error = (try? JSONDocument(parsing: reply.body).root)?.member("error")
        let details = error?.member("details").map { Array($0.elements) } ?? []
        self.init(
            code: error?.member("code")?.asString ?? "STATUS_\(reply.status)",
            message: error?.member("message")?.asString ?? "the worker refused the command",
            details: details.map {
                Violation(
                    field: $0.member("field")?.asString ?? "",
                    message: $0.member("message")?.asString ?? ""
                )
            },
            requestID: error?.member("correlationId")?.asString ?? requestID,
            status: reply.status
        )
    }

    /// All of it on one line.
    package var line: String {
        let details = details.map { "\($0.field): \($0.message)" }.joined(separator: "; ")
        return "\(code): \(message)" + (details.isEmpty ? "" : " (\(details))")
    }

    /// The members of an error as the contract has them.
    package var json: [UInt8] {
        var list: [UInt8] = [UInt8(ascii: "[")]
        for (index, detail) in details.enumerated() {
            if index > 0 { list.append(UInt8(ascii: ",")) }
            list += JSONText.object([("field", .text(detail.field)), ("message", .text(detail.message))])
        }
        list.append(UInt8(ascii: "]"))
        return JSONText.object([
            ("code", .text(code)), ("message", .text(message)), ("details", .raw(list)),
            ("correlationId", requestID.map(JSONText.Value.text) ?? .null),
        ])
    }
}

extension CommandFailure: Explained {
    package var explanation: Explanation {
        let lines = details.map { "\n  \($0.field): \($0.message)" }.joined()
        return Explanation(
            what: "\(code): \(message)\(lines)",
            place: requestID.map { "request \($0)" },
            advice: advice
        )
    }

    private var advice: String? {
        switch code {
        case ErrorCode.unauthorized.rawValue, ErrorCode.invalidToken.rawValue:
            "see what is wrong with the token: orderbus token verify"
        case ErrorCode.insufficientScope.rawValue:
            "use a token with the scope that the message names"
        case "NOT_SENT", "OUTCOME_UNKNOWN", "REPLY_TIMEOUT":
            "see what the deployment lacks: orderbus doctor"
        default:
            nil
        }
    }
}
