import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Logging
import NIOCore
import OrderConsole
import OrderHTTP
import OrderMessaging
import OrderTestKit
import Orders

/// The console without a socket, before stores in memory.
struct Desk: Sendable {
    static let now = Timestamp(milliseconds: 1_800_000_000_000)

    let memory = InMemoryDeadLetters()
    let authority = LentAuthority(now: { Desk.now })

    /// Keeps letters, and gives them back as the store has them.
    func keep(_ letters: ArrivedLetter...) async throws {
        _ = try await memory.keep(letters, at: Sample.moment)
    }

    private var application: Application<ConsoleResponder> {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let responder = ConsoleResponder(
            letters: memory,
            jobs: memory,
            audit: memory,
            checker: LenientChecker(),
            mapper: AppendingMapper(),
            codec: NDJSONLetterCodec(),
            authority: authority,
            authenticator: ScopedAuthenticator(),
            operatingTenant: "platform",
            now: { Desk.now },
            logger: logger
        )
        return Application(responder: responder, logger: logger)
    }

    /// Sends one request.
    ///
    /// - Parameter token: a tenant and scopes, as ``ScopedAuthenticator`` reads them.
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        _ body: String? = nil,
        token: String? = "acme:read,replay,edit,discard"
    ) async throws -> TestResponse {
        try await application.test(.router) { client in
            var fields = HTTPFields()
            if let token { fields[.authorization] = "Bearer \(token)" }
            if body != nil { fields[.contentType] = "application/json" }
            return try await client.execute(
                uri: uri,
                method: method,
                headers: fields,
                body: body.map { ByteBuffer(string: $0) }
            )
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

/// Reads `tenant:scope,scope` where a token would stand.
struct ScopedAuthenticator: RequestAuthenticator {
    func authenticate(authorization: String) async -> TokenJudgement {
        let parts = authorization.dropFirst("Bearer ".count).split(
            separator: ":",
            omittingEmptySubsequences: false
        )
        guard parts.count == 2 else { return .refused(Refusal(.invalidToken, "The token is no token")) }
        let scopes = parts[1].split(separator: ",").map { "orders:dead:\($0)" }
        return .caller(
            Caller(tenant: String(parts[0]), clientID: "ops", subject: "ann", scopes: scopes),
            .none
        )
    }
}

/// Refuses a body that says so.
struct LenientChecker: CommandChecker {
    func check(_ message: LetterMessage, command: String, caller: Caller?) -> Refusal? {
        message.body == Array("{}".utf8) ? Refusal(.validationFailed, "The order has nothing") : nil
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
