internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

/// The answer to a request whose head could not be read or taken, which no responder ever sees.
struct HeadErrorResponse {
    private let problem: Problem

    init(_ problem: Problem) {
        self.problem = problem
    }

    init(_ error: HTTPParserError) {
        switch error {
        case .headerOverflow: problem = .headersTooLarge
        // The parser knows the registered methods; what is no request at all begins with none of them either.
        case .invalidMethod: problem = .methodUnknown
        default: problem = .notHTTP
        }
    }

    func write(to context: ChannelHandlerContext) {
        let requestID = RequestID.accept([])
        let body = problem.contractBody(requestID: requestID)
        var headers = HTTPHeaders()
        for field in SecurityFields.make(isSecure: false) {
            headers.add(name: field.name.canonicalName, value: field.value)
        }
        headers.add(name: "Content-Type", value: Answer.json)
        headers.add(name: "Content-Length", value: String(body.count))
        headers.add(name: "Connection", value: "close")
        headers.add(name: "X-Request-Id", value: requestID)
        let status = HTTPResponseStatus(statusCode: problem.status.code)
        let head = HTTPResponseHead(version: .http1_1, status: status, headers: headers)
        let buffer = context.channel.allocator.buffer(bytes: body)
        let parts: [HTTPServerResponsePart] = [.head(head), .body(.byteBuffer(buffer)), .end(nil)]
        for part in parts { context.write(NIOAny(part), promise: nil) }
    }
}
