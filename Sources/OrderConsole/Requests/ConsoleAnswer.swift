internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

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
}
