internal import JSON

/// A request to the console that did not do what it was for.
package struct ConsoleError: Explained, Equatable {
    package enum Reason: Sendable, Equatable {
        /// No answer: refused, timed out, TLS failed.
        case unreachable(String)
        /// The console said no.
        case refused(status: Int, code: String, message: String, details: [String])
        /// An answer that is not what the console gives.
        case unreadable(String)
    }

    package let reason: Reason
    /// For example `GET /v1/dead/groups`.
    package let request: String
    package let base: String
    /// As the console's log knows the request.
    package let requestID: String?

    package init(_ reason: Reason, request: String, base: String, requestID: String? = nil) {
        self.reason = reason
        self.request = request
        self.base = base
        self.requestID = requestID
    }

    /// Reads the console's error.
    package init(status: Int, body: [UInt8], request: String, base: String) {
        let error = (try? JSONDocument(parsing: body).root)?.member("error")
        let details = error?.member("details").map { Array($0.elements) } ?? []
        let reason = Reason.refused(
            status: status,
            code: error?.member("code")?.asString ?? "STATUS_\(status)",
            message: error?.member("message")?.asString ?? String(decoding: body.prefix(200), as: UTF8.self),
            details: details.map { detail in
                [detail.member("field")?.asString, detail.member("message")?.asString].compactMap { $0 }
                    .joined(separator: ": ")
            }
        )
        self.init(reason, request: request, base: base, requestID: error?.member("correlationId")?.asString)
    }

    /// Whether the same request may well be answered a while later.
    package var isPassing: Bool {
        switch reason {
        case .unreachable: true
        case .refused(let status, _, _, _): status == 408 || status == 429 || status >= 500
        case .unreadable: false
        }
    }

    package var explanation: Explanation {
        let place = "\(request) at \(base)" + (requestID.map { ", request \($0)" } ?? "")
        switch reason {
        case .unreachable(let words):
            return Explanation(
                what: "the console cannot be reached: \(words)",
                place: place,
                advice: Self.isDistrust(words)
                    ? "see that CONSOLE_URL is right, or name who signed its certificate in CONSOLE_CA_FILE"
                    : "see that orderbus console runs, and that CONSOLE_URL is right;\n"
                        + "without a database, orderbus dead drain takes the letters from the broker into files"
            )
        case .refused(let status, let code, let message, let details):
            return Explanation(
                what: "\(code): \(message)" + details.map { "\n  " + $0 }.joined(),
                place: place,
                advice: Self.advice(status),
                status: status == 400 ? .wrongUsage : .failed
            )
        case .unreadable(let words):
            return Explanation(
                what: "the answer cannot be read: \(words)",
                place: place,
                advice: "see that CONSOLE_URL is the address of an orderbus console"
            )
        }
    }

    /// The console's certificate is not from anybody whom the system knows, or not for its name.
    private static func isDistrust(_ words: String) -> Bool {
        words.contains("CERTIFICATE_VERIFY_FAILED") || words.contains("unableToValidateCertificate")
    }

    private static func advice(_ status: Int) -> String? {
        switch status {
        case 401: "get a fresh token, and set ORDERBUS_TOKEN to it; orderbus token verify tells what is wrong with one"
        case 403: "use a token with the scope that is missing; the refusal is in the audit"
        case 404: "see that the id is right, and that your token's tenant may see it"
        case 409: "look again with orderbus dead show or orderbus dead jobs: somebody else was faster"
        case 422: "mend what the lines above name"
        case 429: "wait, or have CONSOLE_OPERATOR_RATE and CONSOLE_FAILURE_RATE raised"
        case 503: "see that the database runs; orderbus dead drain works without it"
        default: nil
        }
    }
}
