/// The database's server as a worker's session sees it.
package struct DatabaseFacts: Sendable, Equatable {
    /// As `server_version_num`: 150020 for 15.20.
    package var version: Int
    package var fsync: String
    package var fullPageWrites: String
    package var synchronousCommit: String
    package var isStandby: Bool
    /// How far the server's clock is ahead of ours.
    package var clockSkew: Duration

    package init(
        version: Int,
        fsync: String,
        fullPageWrites: String,
        synchronousCommit: String,
        isStandby: Bool,
        clockSkew: Duration
    ) {
        self.version = version
        self.fsync = fsync
        self.fullPageWrites = fullPageWrites
        self.synchronousCommit = synchronousCommit
        self.isStandby = isStandby
        self.clockSkew = clockSkew
    }

    package var checks: [CheckResult] { [versionCheck, durabilityCheck, roleCheck, clockCheck] }

    private var versionCheck: CheckResult {
        let text = "PostgreSQL \(version / 10_000).\(version % 10_000)"
        guard version < 150_000 else { return CheckResult("database version", .ok, text) }
        return CheckResult("database version", .failed, text, advice: "upgrade the server to PostgreSQL 15 or later")
    }

    private var durabilityCheck: CheckResult {
        let settings = [
            ("fsync", fsync), ("full_page_writes", fullPageWrites), ("synchronous_commit", synchronousCommit),
        ]
        // Beyond `on`, synchronous_commit may wait for standbys too; `local` and `off` promise less.
        let strong = ["on", "remote_write", "remote_apply"]
        let weak = settings.filter { !strong.contains($0.1) }
        guard !weak.isEmpty else {
            return CheckResult("database durability", .ok, settings.map { "\($0) \($1)" }.joined(separator: ", "))
        }
        return CheckResult(
            "database durability",
            .failed,
            weak.map { "\($0) is \($1)" }.joined(separator: ", "),
            advice: "set \(weak.map { "\($0.0) = on" }.joined(separator: ", ")): "
                + "else a crash loses orders that were acknowledged"
        )
    }

    private var roleCheck: CheckResult {
        guard isStandby else { return CheckResult("database role", .ok, "primary") }
        return CheckResult(
            "database role",
            .failed,
            "a standby, which cannot be written",
            advice: "name the primary in DATABASE_URL, or all hosts: libpq then finds the one that can be written"
        )
    }

    private var clockCheck: CheckResult {
        let seconds = abs(clockSkew / .seconds(1))
        let shown = Double(Int(seconds * 1000)) / 1000
        let finding = "\(shown) s between the database's clock and this machine's"
        let advice = "keep both clocks with NTP: tokens are judged by this one, with 60 s leeway"
        if seconds < 1 { return CheckResult("clock", .ok, finding) }
        return CheckResult("clock", seconds < 30 ? .warning : .failed, finding, advice: advice)
    }
}
