import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Speaks with the broker's management API: no redirects, TLS 1.2 or later, every request under a deadline.
package struct ManagementClient: Sendable {
    /// The largest answer that is read.
    private static let maximumBytes = 4 * 1024 * 1024
    private static let deadline = TimeAmount.seconds(15)

    package let endpoint: ManagementEndpoint
    private let client: HTTPClient

    /// Opens a client for as long as the body runs.
    package static func withClient<Value>(
        to endpoint: ManagementEndpoint,
        _ body: (ManagementClient) async throws -> Value
    ) async throws -> Value {
        try await HTTPClient.withStrict(read: .seconds(10)) { client in
            try await body(ManagementClient(endpoint: endpoint, client: client))
        }
    }

    /// Reads a resource.
    ///
    /// - Returns: nil where there is none (404).
    /// - Throws: ``ManagementError``.
    func get<Answer: Decodable>(_ parts: [String], as type: Answer.Type) async throws -> Answer? {
        let path = ManagementEndpoint.path(parts)
        let (status, body) = try await send(.GET, path, body: nil)
        if status == 404 {
            return nil
        }
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch {
            throw failure(.unreadable("not the JSON expected"), .GET, path)
        }
    }

    /// Makes or replaces a resource; one that is as given stays as it is.
    func put(_ parts: [String], body: some Encodable) async throws {
        try await change(.PUT, parts, body: body)
    }

    /// Adds to a resource.
    func post(_ parts: [String], body: some Encodable) async throws {
        try await change(.POST, parts, body: body)
    }

    /// Removes a resource; one that is not there is no error.
    func delete(_ parts: [String]) async throws {
        _ = try await send(.DELETE, ManagementEndpoint.path(parts), body: nil)
    }

    private func change(_ method: HTTPMethod, _ parts: [String], body: some Encodable) async throws {
        let path = ManagementEndpoint.path(parts)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let (status, _) = try await send(method, path, body: Array(try encoder.encode(body)))
        if status == 404 {
            throw failure(.refused(status: 404, "something that it needs is not there"), method, path)
        }
    }

    /// Sends a request and returns the answer if its status is 2xx or 404.
    private func send(_ method: HTTPMethod, _ path: String, body: [UInt8]?) async throws -> (UInt, [UInt8]) {
        var request = HTTPClientRequest(url: endpoint.base + path)
        request.method = method
        let credentials = Data("\(endpoint.user):\(endpoint.password)".utf8).base64EncodedString()
        request.headers.add(name: "authorization", value: "Basic \(credentials)")
        request.headers.add(name: "accept", value: "application/json")
        if let body {
            request.headers.add(name: "content-type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let status: UInt
        let bytes: [UInt8]
        do {
            let response = try await client.execute(request, timeout: Self.deadline)
            status = response.status.code
            bytes = Array(buffer: try await response.body.collect(upTo: Self.maximumBytes))
        } catch is NIOTooManyBytesError {
            throw failure(.unreadable("it is larger than \(Self.maximumBytes / 1024 / 1024) MiB"), method, path)
        } catch {
            throw failure(.unreachable("\(error)"), method, path)
        }
        switch status {
        case 200..<300, 404: return (status, bytes)
        case 401, 403: throw failure(.notAllowed(Self.words(of: bytes)), method, path)
        default: throw failure(.refused(status: status, Self.words(of: bytes)), method, path)
        }
    }

    /// What to throw where a resource is missing that every management API has.
    func notTheAPI(at parts: [String]) -> ManagementError {
        let path = ManagementEndpoint.path(parts)
        return failure(.unreadable("the server knows no such thing, so it is no management API"), .GET, path)
    }

    private func failure(_ reason: ManagementError.Reason, _ method: HTTPMethod, _ path: String) -> ManagementError {
        ManagementError(reason, request: "\(method.rawValue) \(path)", base: endpoint.base)
    }

    private struct Refusal: Decodable {
        let reason: TopologyValue
    }

    /// What an answer gives as its reason; its beginning where it is not of the API's form.
    private static func words(of bytes: [UInt8]) -> String {
        let refusal = try? JSONDecoder().decode(Refusal.self, from: Data(bytes))
        return refusal?.reason.description ?? String(decoding: bytes.prefix(200), as: UTF8.self)
    }
}
