internal import HTTPTypes
internal import NIOCore

/// A response before the fields that all of them have.
struct Answer {
    var status: HTTPResponse.Status
    var fields: HTTPFields = [:]
    var body = ByteBuffer()
    /// The error's code, for the log.
    var code: String?

    static let json = "application/json"

    init(_ status: HTTPResponse.Status) {
        self.status = status
    }

    init(_ status: HTTPResponse.Status, json: [UInt8]) {
        self.status = status
        body = ByteBuffer(bytes: json)
        fields[.contentType] = Self.json
    }

    /// An error in the form that the caller wants.
    init(_ problem: Problem, requestID: String, asProblem: Bool) {
        status = problem.status
        fields = problem.fields
        code = problem.code
        let bytes =
            asProblem ? problem.problemBody(requestID: requestID) : problem.contractBody(requestID: requestID)
        body = ByteBuffer(bytes: bytes)
        fields[.contentType] = asProblem ? "application/problem+json" : Self.json
    }
}
