import AsyncHTTPClient
internal import JSON
import NIOCore
import NIOHTTP1
import NIOSSL

/// Speaks with the operators' console: no redirects, TLS 1.2 or later, every request under a deadline.
package struct ConsoleClient: Sendable {
    /// The largest answer that is read whole; a letter's body may have 16 MiB, and more in base64.
    private static let maximumBytes = 64 * 1024 * 1024
    /// How often a request is sent again that came too early.
    private static let patience = 5

    let endpoint: ConsoleEndpoint
    private let client: HTTPClient

    /// Opens a client for as long as the body runs.
    static func withClient<Value>(
        to endpoint: ConsoleEndpoint,
        _ body: (ConsoleClient) async throws -> Value
    ) async throws -> Value {
        let authorities = try endpoint.authorityFile.map { try Self.authorities(in: $0) } ?? []
        return try await HTTPClient.withStrict(read: .seconds(60), authorities: authorities) { client in
            try await body(ConsoleClient(endpoint: endpoint, client: client))
        }
    }

    private static func authorities(in path: String) throws(ExplainedError) -> [NIOSSLCertificate] {
        let certificates = try? NIOSSLCertificate.fromPEMFile(path)
        guard let certificates, !certificates.isEmpty else {
            throw ExplainedError(
                what: "\(Setting.consoleAuthorityFile.name) names no file of certificates in PEM",
                place: TerminalText.safe(path),
                advice: "give the certificate of who signed the console's, or leave the setting out for the system's",
                status: .wrongUsage
            )
        }
        return certificates
    }

    /// Reads a resource.
    ///
    /// - Throws: ``ConsoleError``.
    func get(_ path: String) async throws -> [UInt8] {
        try await whole(.GET, path, nil)
    }

    /// Sends a JSON object.
    ///
    /// - Returns: the answer; empty where there is none.
    func send(_ method: HTTPMethod = .POST, path: String, _ body: [UInt8]) async throws -> [UInt8] {
        try await whole(method, path, ("application/json", body))
    }

    /// Sends lines of letters.
    func sendLines(_ path: String, _ body: [UInt8]) async throws -> [UInt8] {
        try await whole(.POST, path, ("application/x-ndjson", body))
    }

    /// Reads a resource of any size, piece by piece.
    func stream(_ path: String, _ take: ([UInt8]) throws -> Void) async throws {
        let response = try await execute(.GET, path, nil, timeout: .hours(24))
        do {
            for try await piece in response.body { try take(Array(buffer: piece)) }
        } catch let error as any Explained {
            throw error
        } catch {
            throw failure(.unreachable("it hung up in the middle: \(error)"), .GET, path)
        }
    }

    private func whole(
        _ method: HTTPMethod,
        _ path: String,
        _ content: (type: String, body: [UInt8])?
    ) async throws -> [UInt8] {
        let response = try await execute(method, path, content, timeout: .seconds(120))
        do {
            return Array(buffer: try await response.body.collect(upTo: Self.maximumBytes))
        } catch is NIOTooManyBytesError {
            throw failure(.unreadable("it is larger than \(Self.maximumBytes / 1024 / 1024) MiB"), method, path)
        } catch {
            throw failure(.unreachable("\(error)"), method, path)
        }
    }

    /// Sends a request and returns the answer if it is a good one.
    private func execute(
        _ method: HTTPMethod,
        _ path: String,
        _ content: (type: String, body: [UInt8])?,
        timeout: TimeAmount
    ) async throws -> HTTPClientResponse {
        var request = HTTPClientRequest(url: endpoint.base + path)
        request.method = method
        request.headers.add(name: "authorization", value: "Bearer \(endpoint.token)")
        request.headers.add(name: "accept", value: "application/json, application/x-ndjson")
        if let content {
            request.headers.add(name: "content-type", value: content.type)
            request.body = .bytes(ByteBuffer(bytes: content.body))
        }
        var response = try await answer(to: request, timeout, method, path)
        // Such a request has done nothing, so it may be sent again: an import of many batches is only slowed down.
        for _ in 0..<Self.patience {
            guard response.status == .tooManyRequests, let pause = Self.pause(response.headers) else { break }
            try await Task.sleep(for: pause)
            response = try await answer(to: request, timeout, method, path)
        }
        let status = Int(response.status.code)
        guard !(200..<300).contains(status) else { return response }
        let words = (try? await response.body.collect(upTo: 1024 * 1024)).map { Array(buffer: $0) } ?? []
        throw ConsoleError(status: status, body: words, request: "\(method.rawValue) \(path)", base: endpoint.base)
    }

    private func answer(
        to request: HTTPClientRequest,
        _ timeout: TimeAmount,
        _ method: HTTPMethod,
        _ path: String
    ) async throws -> HTTPClientResponse {
        do {
            return try await client.execute(request, timeout: timeout)
        } catch {
            throw failure(.unreachable("\(error)"), method, path)
        }
    }

    /// How long a rate limit asks to be waited for; `nil` for longer than anybody wants to sit there.
    private static func pause(_ headers: HTTPHeaders) -> Duration? {
        guard let seconds = headers.first(name: "retry-after").flatMap({ Int64($0) }), (0...60).contains(seconds)
        else { return nil }
        return .seconds(max(seconds, 1))
    }

    private func failure(_ reason: ConsoleError.Reason, _ method: HTTPMethod, _ path: String) -> ConsoleError {
        ConsoleError(reason, request: "\(method.rawValue) \(path)", base: endpoint.base)
    }

    /// Reads an answer as JSON.
    func parsed(_ answer: [UInt8], of request: String) throws -> JSONDocument {
        let limits = JSONLimits(maxBytes: Self.maximumBytes, maxDepth: 128)
        guard let document = try? JSONDocument(parsing: answer, limits: limits) else {
            throw ConsoleError(.unreadable("it is no JSON"), request: request, base: endpoint.base)
        }
        return document
    }
}
