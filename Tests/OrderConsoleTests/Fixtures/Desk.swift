import CoreMetrics
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Logging
import NIOCore
import NIOEmbedded
import OrderConsole
import OrderHTTP
import OrderMessaging
import OrderTestKit
import Orders
import Testing

/// The console without a socket, before stores in memory.
struct Desk: Sendable {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private static var logger: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }

    let memory = InMemoryDeadLetters()
    let authority = LentAuthority(now: { Desk.now })
    let responder: ConsoleResponder

    init(_ configure: (inout ConsoleConfiguration) -> Void = { _ in }) {
        var configuration = ConsoleConfiguration()
        configuration.operatingTenant = "platform"
        configure(&configuration)
        responder = ConsoleResponder(
            configuration: configuration,
            letters: memory,
            jobs: memory,
            audit: memory,
            checker: LenientChecker(),
            mapper: AppendingMapper(),
            codec: NDJSONLetterCodec(),
            authority: authority,
            authenticator: ScopedAuthenticator(),
            metrics: RequestMetrics(factory: NOOPMetricsHandler.instance),
            now: { Desk.now },
            logger: Self.logger
        )
    }

    /// Keeps letters, and gives them back as the store has them.
    func keep(_ letters: ArrivedLetter...) async throws {
        _ = try await memory.keep(letters, at: Sample.moment)
    }

    /// Sends one request.
    ///
    /// - Parameters:
    ///   - token: a tenant and scopes, as ``ScopedAuthenticator`` reads them.
    ///   - peer: the address at the other end of the connection.
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: String? = nil,
        token: String? = "acme:read,replay,edit,discard",
        from peer: String = "192.0.2.1",
        _ more: HTTPFields = [:]
    ) async throws -> TestResponse {
        var fields = more
        if let token { fields[.authorization] = "Bearer \(token)" }
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        let connection = Connection(peer: try #require(IPAddress(peer)))
        return try await Connection.$current.withValue(connection) { [fields] in
            try await Application(responder: responder, logger: Self.logger).test(.router) { client in
                try await client.execute(
                    uri: uri,
                    method: method,
                    headers: fields,
                    body: body.map { ByteBuffer(string: $0) }
                )
            }
        }
    }

    /// Answers one request whose body comes as the test sends it.
    func answer(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ fields: HTTPFields,
        _ body: RequestBody
    ) async throws -> Response {
        let head = HTTPRequest(method: method, scheme: nil, authority: "h", path: path, headerFields: fields)
        let source = ApplicationRequestContextSource(channel: NIOAsyncTestingChannel(), logger: Self.logger)
        let connection = Connection(peer: try #require(IPAddress("192.0.2.1")))
        return try await Connection.$current.withValue(connection) {
            try await responder.respond(to: Request(head: head, body: body), context: RequestSource(source: source))
        }
    }

    var refusals: [AuditEntry] { memory.auditRecords.map(\.entry).filter { $0.outcome == .refused } }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The text of a member, or of a member of a member.
    func member(_ names: String...) -> String? {
        guard var node = try? JSONDocument(parsing: Array(body.readableBytesView)).root else {
            return nil
        }
        for name in names {
            guard let next = node.member(named: Array(name.utf8)) else { return nil }
            node = next
        }
        return node.asString ?? String(decoding: node.text, as: UTF8.self)
    }
}

/// Reads `tenant:scope,scope`, or `tenant:scope,scope:subject`, where a token would stand, or behind what says that the
/// token lasts, as a session needs it.
struct ScopedAuthenticator: RequestAuthenticator {
    static let untilTheYear2100 = "e30.eyJleHAiOjQxMDI0NDQ4MDB9."

    func authenticate(authorization: String) async -> TokenJudgement {
        let token = authorization.dropFirst("Bearer ".count)
        let claims = token.hasPrefix(Self.untilTheYear2100) ? token.dropFirst(Self.untilTheYear2100.count) : token
        let parts = claims.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return .refused(Refusal(.invalidToken, "The token is no token")) }
        let scopes = parts[1].split(separator: ",").map { "orders:dead:\($0)" }
        return .caller(
            Caller(
                tenant: String(parts[0]),
                clientID: "ops",
                subject: parts.count == 3 ? String(parts[2]) : "ann",
                scopes: scopes
            ),
            .none
        )
    }
}

/// Refuses a body that says so.
struct LenientChecker: CommandChecker {
    func check(_ message: LetterMessage, command: String, caller: Caller?) -> Refusal? {
        message.body.starts(with: Array("{}".utf8)) ? Refusal(.validationFailed, "The order has nothing") : nil
    }

    func topic(of message: LetterMessage, command: String, caller: Caller?) -> LetterTopic {
        LetterTopic()
    }
}

/// Adds a space, whatever the mapping.
struct AppendingMapper: BodyMapper {
    func apply(_ mapping: LetterMapping, to body: [UInt8]) throws(Refusal) -> [UInt8] {
        guard body.first == UInt8(ascii: "{") else {
            throw Refusal(.malformedMessage, "The body is no object")
        }
        return body + [UInt8(ascii: " ")]
    }
}
