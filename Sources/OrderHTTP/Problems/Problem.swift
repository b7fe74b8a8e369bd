package import HTTPTypes
package import Orders

/// A request that is answered with an error.
package struct Problem: Error, Sendable, Hashable {
    package let status: HTTPResponse.Status
    /// A code of the contract, or one of ``AdapterCode`` for what only HTTP knows.
    package let code: String
    /// One sentence for a person; never holds a token or a body.
    package let message: String
    package let details: [Violation]
    /// Fields that go with the answer, such as `Retry-After`.
    package var fields: HTTPFields

    package init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ message: String,
        details: [Violation] = [],
        fields: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.details = details
        self.fields = fields
    }

    /// A refusal that the order's own rules know.
    package init(_ refusal: Refusal, fields: HTTPFields = [:]) {
        self.init(
            HTTPResponse.Status(code: refusal.code.status),
            refusal.code.rawValue,
            refusal.message,
            details: refusal.details,
            fields: fields
        )
    }

    init(_ code: ErrorCode, _ message: String, details: [Violation] = [], fields: HTTPFields = [:]) {
        self.init(Refusal(code, message, details: details), fields: fields)
    }

    init(_ code: AdapterCode, _ message: String, details: [Violation] = [], fields: HTTPFields = [:]) {
        self.init(code.status, code.rawValue, message, details: details, fields: fields)
    }

    func with(_ name: HTTPField.Name, _ value: String) -> Problem {
        var problem = self
        problem.fields[name] = value
        return problem
    }
}
