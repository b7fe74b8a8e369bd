internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

extension Checkup {
    private static let adminURL = Setting("WORKER_ADMIN_URL", example: "http://127.0.0.1:9464")

    /// What a worker says of its own readiness, if one is named.
    static var worker: Checkup {
        guard
            Settings.environment[adminURL.name]?.isEmpty == false
                || Settings.environment[adminURL.name + "_FILE"]?.isEmpty == false
        else {
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
        return reading("worker", readURL, ask)
    }

    private static func readURL(_ reader: inout SettingsReader) -> String? {
        guard let url = reader.value(adminURL) else { return nil }
        guard url.hasPrefix("http://") || url.hasPrefix("https://"), WebURL.namesHost(url) else {
            reader.refuse(adminURL, "is not of the form http://host:port")
            return nil
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    private static func ask(_ url: String) async -> [CheckResult] {
        do {
            return try await HTTPClient.withStrict(read: .seconds(5)) { client in
                let response = try await client.execute(
                    HTTPClientRequest(url: url + "/health/ready"),
                    timeout: .seconds(5)
                )
                let body = try await response.body.collect(upTo: 64 * 1024)
                return [WorkerFacts.check(status: Int(response.status.code), body: Array(buffer: body))]
            }
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
