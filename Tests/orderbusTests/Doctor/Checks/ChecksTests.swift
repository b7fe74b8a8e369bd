import Testing
import orderbus

@Suite struct ChecksTests {
    @Test func aQueueThatNobodyEmptiesIsATrouble() {
        #expect(QueueFacts(name: "orders.commands", messages: 5, consumers: 0).check.state == .failed)
        #expect(QueueFacts(name: "orders.commands", messages: 0, consumers: 0).check.state == .warning)
        #expect(QueueFacts(name: "orders.commands", messages: 5, consumers: 1).check.state == .ok)
        #expect(QueueFacts(name: "orders.queries", messages: 500_000, consumers: 1).check.state == .warning)
    }

    @Test func retriesNeedNoConsumerAndDeadLettersAreCounted() {
        #expect(QueueFacts(name: "orders.retry.5s", messages: 9, consumers: 0).check.state == .ok)
        let dead = QueueFacts(name: "orders.dead", messages: 3, consumers: 0).check
        #expect(dead.state == .warning)
        #expect(dead.finding == "3 dead letters waiting")
        #expect(QueueFacts(name: "orders.dead", messages: 0, consumers: 0).check.state == .ok)
    }

    @Test func aDatabaseThatMayForgetIsATrouble() {
        var facts = DatabaseFacts(
            version: 150_020,
            fsync: "on",
            fullPageWrites: "on",
            synchronousCommit: "on",
            isStandby: false,
            clockSkew: .milliseconds(3)
        )
        #expect(facts.checks.allSatisfy { $0.state == .ok })
        facts.synchronousCommit = "off"
        #expect(facts.checks.first { $0.state == .failed }?.finding == "synchronous_commit is off")
        facts.synchronousCommit = "remote_apply"
        facts.version = 140_009
        facts.isStandby = true
        #expect(facts.checks.filter { $0.state == .failed }.map(\.name) == ["database version", "database role"])
    }

    @Test(arguments: [(0.2, CheckResult.State.ok), (-4, .warning), (90, .failed), (-3600, .failed)])
    func clocksThatDifferAreToldOf(_ seconds: Double, _ state: CheckResult.State) {
        let facts = DatabaseFacts(
            version: 150_020,
            fsync: "on",
            fullPageWrites: "on",
            synchronousCommit: "on",
            isStandby: false,
            clockSkew: .seconds(seconds)
        )
        #expect(facts.checks.last?.state == state)
    }

    @Test func aWorkerThatIsNotReadySaysWhatItLacks() {
        let body = #"""
            {"ready":false,"draining":false,"dependencies":[{"name":"database","state":"down","reason":"refused"},\#
            {"name":"queries","state":"up"}]}
            """#
        let check = WorkerFacts.check(status: 503, body: Array(body.utf8))
        #expect(check.state == .failed)
        #expect(check.finding == "not ready: database: refused")
        #expect(WorkerFacts.check(status: 200, body: Array(#"{"ready":true}"#.utf8)).state == .ok)
        #expect(WorkerFacts.check(status: 200, body: Array("<html>".utf8)).state == .failed)
    }

    @Test func anotherProgramIsNoWorker() {
        let body = #"{"ready":true,"draining":false,"dependencies":[{"name":"bus","state":"up"}]}"#
        let check = WorkerFacts.check(status: 200, body: Array(body.utf8))
        #expect(check.state == .failed)
        #expect(check.finding.contains("another program"))
        let worker = #"{"ready":true,"dependencies":[{"name":"queries","state":"up"}]}"#
        #expect(WorkerFacts.check(status: 200, body: Array(worker.utf8)).state == .ok)
    }

    @Test func aUserWhoMayNotDoTheWorkIsToldWhatItLacks() {
        var facts = PermissionFacts(user: "producer", virtualHost: "/")
        #expect(facts.check.state == .ok)
        facts.deniedReads = ["orders.commands"]
        facts.deniedWrites = ["amq.default", "orders.dlx"]
        #expect(facts.check.state == .failed)
        #expect(
            facts.check.finding == "user producer may not read orders.commands nor write amq.default, orders.dlx"
        )
        #expect(facts.check.advice?.contains("rabbitmqctl set_permissions -p '/' 'producer' '^$' ") == true)
    }

    /// What the advice tells to run is what the definitions give the worker.
    @Test func adviceIsWhatTheDefinitionsSay() throws {
        let definitions = try TopologyDefinitions.load(path: nil)
        let worker = try #require(definitions.permissions.first { $0.user == "worker" })
        let advice = PermissionFacts(user: "u", virtualHost: "/").adviceOnDenial
        for pattern in [worker.configure, worker.write, worker.read] { #expect(advice.contains("'\(pattern)'")) }
    }

    @Test func keysThatAreSkippedAreAWarning() {
        #expect(KeyFacts.check(count: 2, skipped: [], issuer: "i").finding == "2 usable keys of i")
        #expect(KeyFacts.check(count: 1, skipped: ["key 1 is skipped"], issuer: "i").state == .warning)
    }

    @Test func theReportShowsFindingsAndThenWhatToDo() {
        let report = DoctorReport([
            CheckResult("broker", .ok, "connected"),
            CheckResult("queue orders.dead", .warning, "2 dead letters waiting", advice: "look\nat them"),
            CheckResult("worker", .failed, "away"),
        ])
        #expect(!report.isHealthy)
        #expect(
            report.text(as: .table) == """
                CHECK              STATE    FINDING
                broker             ok       connected
                queue orders.dead  warning  2 dead letters waiting
                worker             failed   away

                what to do:
                  queue orders.dead: look
                    at them

                1 ok, 1 warning, 1 failed

                """
        )
        #expect(
            report.text(as: .json).contains(#""state": "warning", "finding": "2 dead letters waiting", "advice": "#)
        )
        #expect(DoctorReport([CheckResult("a", .warning, "b")]).isHealthy)
    }
}
