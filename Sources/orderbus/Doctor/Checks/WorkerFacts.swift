internal import JSON

/// A worker's own word on its readiness.
package enum WorkerFacts {
    private static let name = "worker"

    /// Judges the answer of `/health/ready`.
    package static func check(status: Int, body: [UInt8]) -> CheckResult {
        let root = try? JSONDocument(parsing: body).root
        guard status == 200 || status == 503, let root, let isReady = root.member("ready")?.asBool else {
            return CheckResult(
                name,
                .failed,
                "the answer to /health/ready is none of a worker's (status \(status))",
                advice: "see that WORKER_ADMIN_URL is a worker's ADMIN_HOST and ADMIN_PORT"
            )
        }
        let dependencies = root.member("dependencies").map { Array($0.elements) } ?? []
        let names = dependencies.compactMap { $0.member("name")?.asString }
        // A worker waits on its lanes, of which one is always for queries; http and console have none.
        guard names.isEmpty || names.contains("queries") else {
            return CheckResult(
                name,
                .failed,
                "it is another program's, which waits on \(names.joined(separator: ", "))",
                advice: "set WORKER_ADMIN_URL to a worker's ADMIN_HOST and ADMIN_PORT (9464 by default)"
            )
        }
        if isReady { return CheckResult(name, .ok, "ready") }
        if root.member("draining")?.asBool == true {
            return CheckResult(name, .warning, "it is stopping: it takes nothing new")
        }
        let reasons = dependencies.filter { $0.member("state")?.isString("up") == false }.map { dependency in
            let reason = dependency.member("reason")?.asString.map { ": \($0)" } ?? ""
            return (dependency.member("name")?.asString ?? "?") + reason
        }
        return CheckResult(
            name,
            .failed,
            "not ready: " + reasons.joined(separator: "; "),
            advice: "mend what it lacks: it resumes by itself, no restart is needed"
        )
    }
}
