internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP

/// A response before the fields that all of them have.
struct ConsoleAnswer: Sendable {
    var status: HTTPResponse.Status
    var fields: HTTPFields
    var body: ResponseBody

    init(_ status: HTTPResponse.Status, fields: HTTPFields = [:], body: ResponseBody = ResponseBody()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    init(_ value: JSONValue, status: HTTPResponse.Status = .ok) {
        self.init(status, json: value.bytes)
    }

    init(_ status: HTTPResponse.Status, json: [UInt8]) {
        self.init(
            status,
            fields: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json))
        )
    }

    init(_ problem: Problem, requestID: String) {
        self.init(problem.status, json: problem.contractBody(requestID: requestID))
        for field in problem.fields { fields[field.name] = field.value }
    }
}
