internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import OrderHTTP
internal import Orders

/// A request as the console's endpoints see it.
struct ConsoleRequest: Sendable {
    /// `GET` for a `HEAD` too, which is answered alike.
    let method: HTTPRequest.Method
    let isHead: Bool
    /// The path's parts, without empty ones.
    let path: [String]
    let query: String?
    let fields: HTTPFields
    /// The caller's, as far as the connection and trusted proxies tell: a field of the caller's own is not believed.
    let source: IPAddress
    let requestID: String
    private let host: String?
    private let body: RequestBody
    private let connection: RequestSource

    static let bodyLimit = 8 << 20

    init(_ request: Request, from source: RequestSource, rule: ClientAddressRule) {
        isHead = request.method == .head
        method = isHead ? .get : request.method
        path = request.uri.path.split(separator: "/").map(String.init)
        query = request.uri.query
        fields = request.headers
        self.source = rule.client(of: source, request.headers)
        requestID = RequestID.accept(request.headers[values: .requestID])
        host = request.head.authority
        body = request.body
        connection = source
    }

    var isSignIn: Bool { method == .post && path == ["session"] }

    /// For the audit.
    var address: String { source.description }

    /// Gives the body the time that one takes over a slow line; whoever is not known has no use for it.
    func callerIsKnown() { connection.callerIsKnown() }

    /// Reads a body of JSON.
    func members(limit: Int = bodyLimit) async throws(Problem) -> Members {
        try await Members(parsing: bytes(of: "application/json", limit: limit), limit: limit)
    }

    /// Reads the whole body.
    ///
    /// - Parameter type: the media type that it must have.
    func bytes(of type: String, limit: Int) async throws(Problem) -> [UInt8] {
        let sent = fields[values: .contentType]
        let name = sent.first?.split(separator: ";").first.map { $0.lowercased().filter { $0 != " " } }
        guard sent.count == 1, name == type else { throw .unsupported(type) }
        guard fields[.contentLength].flatMap({ Int($0) }) ?? 0 <= limit else { throw .tooLarge(limit) }
        do {
            var bytes: [UInt8] = []
            for try await buffer in body {
                guard bytes.count + buffer.readableBytes <= limit else { throw Problem.tooLarge(limit) }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            return bytes
        } catch let problem as Problem {
            throw problem
        } catch is RequestTimeout {
            throw .bodyLate
        } catch {
            throw .malformed("The body did not arrive as its fields announce")
        }
    }

    /// Whether a browser sent it from another site's page, or an old one does not say.
    ///
    /// Source: the Fetch Metadata specification; without its field, the origin's host must be ours.
    var isFromElsewhere: Bool {
        guard method != .get, method != .head else { return false }
        if let site = fields[.secFetchSite] { return site != "same-origin" && site != "none" }
        guard let origin = fields[.origin] else { return false }
        guard let separator = origin.firstRange(of: "://"), let host else { return true }
        return origin[separator.upperBound...] != host
    }

    func cookie(_ name: String) -> String? {
        for line in fields[values: .cookie] {
            for pair in line.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1).map { $0.filter { $0 != " " } }
                if parts.count == 2, parts[0] == name { return parts[1] }
            }
        }
        return nil
    }
}
