internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

extension Checkup {
    private static let adminURL = Setting("WORKER_ADMIN_URL", example: "http://127.0.0.1:9464")

    /// What a worker says of its own readiness, if one is named.
    static var worker: Checkup {
        guard let url = Settings.environment[adminURL.name], !url.isEmpty else {
            return Checkup(name: "worker") {
                [
                    CheckResult(
                        "worker",
                        .skipped,
                        "WORKER_ADMIN_URL is not set",
                        advice: "for example WORKER_ADMIN_URL=\(adminURL.example)"
                    )
                ]
            }
        }
        return Checkup(name: "worker") {
            do {
                let base = url.hasSuffix("/") ? String(url.dropLast()) : url
                let request = HTTPClientRequest(url: base + "/health/ready")
                let response = try await HTTPClient.shared.execute(request, timeout: .seconds(5))
                let body = try await response.body.collect(upTo: 64 * 1024)
                return [WorkerFacts.check(status: Int(response.status.code), body: Array(buffer: body))]
            } catch {
                return [
                    CheckResult(
                        "worker",
                        .failed,
                        "\(MaskedURL.mask(url)) does not answer: \(error)",
                        advice: "see that the worker runs, and its ADMIN_HOST and ADMIN_PORT"
                    )
                ]
            }
        }
    }
}
