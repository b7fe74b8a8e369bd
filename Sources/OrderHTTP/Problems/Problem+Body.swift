internal import HTTPTypes
internal import JSON
internal import NIOHTTP1
internal import Orders

extension Problem {
    /// The contract's shape of an error.
    package func contractBody(requestID: String) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(256)
        json.appendLiteral("{\"error\":{\"code\":")
        json.appendJSONString(code)
        json.appendLiteral(",\"message\":")
        json.appendJSONString(message)
        json.appendLiteral(",\"details\":")
        json.appendJSONObjects(details.map(\.members))
        json.appendLiteral(",\"correlationId\":")
        json.appendJSONString(requestID)
        json.appendLiteral("}}")
        return json
    }

    /// The same as `application/problem+json`.
    ///
    /// Source: RFC 9457 §3; `code`, `errors` and `correlationId` are extension members.
    func problemBody(requestID: String) -> [UInt8] {
        var json: [UInt8] = []
        json.reserveCapacity(384)
        json.appendLiteral("{\"type\":")
        json.appendJSONString(type)
        json.appendLiteral(",\"title\":")
        json.appendJSONString(title)
        json.appendLiteral(",\"status\":")
        json.appendJSONInteger(status.code)
        json.appendLiteral(",\"detail\":")
        json.appendJSONString(message)
        json.appendLiteral(",\"instance\":")
        json.appendJSONString("urn:orderbus:request:\(requestID)")
        json.appendLiteral(",\"code\":")
        json.appendJSONString(code)
        json.appendLiteral(",\"errors\":")
        json.appendJSONObjects(details.map(\.members))
        json.appendLiteral(",\"correlationId\":")
        json.appendJSONString(requestID)
        json.appendLiteral("}")
        return json
    }

    /// The status's own phrase, which one that came as a number does not have with it.
    private var title: String {
        status == .contentTooLarge
            ? HTTPResponse.Status.contentTooLarge.reasonPhrase
            : HTTPResponseStatus(statusCode: status.code).reasonPhrase
    }

    /// Registered types where there are some, else a name of our own.
    private var type: String {
        switch status {
        case .tooManyRequests: "https://iana.org/assignments/http-problem-types#quota-exceeded"
        case .serviceUnavailable: "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"
        default: "urn:orderbus:error:\(code)"
        }
    }

    /// Reads the error that a worker answered with; `nil` if it does not have the contract's shape.
    init?(status: Int, contractBody body: [UInt8]) {
        guard let root = try? JSONDocument(parsing: body).root, let error = root.member("error"),
            let code = error.member("code")?.asString, let message = error.member("message")?.asString
        else { return nil }
        var details: [Violation] = []
        if let nodes = error.member("details")?.elements {
            for node in nodes {
                guard let field = node.member("field")?.asString, let text = node.member("message")?.asString else {
                    continue
                }
                details.append(Violation(field: field, message: text))
            }
        }
        self.init(HTTPResponse.Status(code: status), code, message, details: details)
    }
}
