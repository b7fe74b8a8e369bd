internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Tokens

/// Fetches the issuer's keys over HTTP.
enum JWKSFetcher {
    private static let maxBytes = 256 * 1024

    /// A source that fetches one URL: no redirects, no decompression, TLS 1.2 or later, everything under a deadline.
    static func source(url: String) -> JWKSSource {
        // It lives as long as the process, and so is never shut down.
        let client = HTTPClient.strict(connect: .seconds(3), read: .seconds(5))
        return .fetch {
            var request = HTTPClientRequest(url: url)
            request.headers.add(name: "accept", value: "application/jwk-set+json, application/json")
            let response = try await client.execute(request, timeout: .seconds(5))
            guard response.status == .ok else { throw JWKSFetchError(url: url, status: Int(response.status.code)) }
            let body = try await response.body.collect(upTo: maxBytes)
            return JWKSResponse(bytes: Array(buffer: body), maxAge: maxAge(response.headers))
        }
    }

    private static func maxAge(_ headers: HTTPHeaders) -> Duration? {
        for directive in headers[canonicalForm: "cache-control"] {
            let parts = directive.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].lowercased() == "max-age", let seconds = Int64(parts[1]) else { continue }
            return .seconds(min(max(seconds, 0), 31_536_000))
        }
        return nil
    }
}

/// The issuer answered with something else than its keys.
struct JWKSFetchError: Error, CustomStringConvertible {
    let url: String
    let status: Int

    var description: String { "\(url) answered \(status)" }
}
