import Synchronization
import Telemetry
import Testing

@Suite struct ReadinessTests {
    private final class ManualClock: Sendable {
        let seconds = Atomic<Int64>(0)
        var now: WallTime { WallTime(seconds: seconds.load(ordering: .relaxed)) }
    }

    private let clock = ManualClock()

    private func readiness(_ names: String...) -> Readiness {
        Readiness(dependencies: names, clock: { [clock] in clock.now })
    }

    @Test func aProgramIsReadyOnceEverythingIsUp() {
        let readiness = readiness("broker", "database")
        #expect(!readiness.isReady)
        readiness.set("broker", .up)
        #expect(!readiness.isReady)
        readiness.set("database", .up)
        #expect(readiness.isReady)
        readiness.set("broker", .down, reason: "closed")
        #expect(!readiness.isReady)
    }

    @Test func sinceIsWhenTheStateChangedAndNotWhenItWasLastSeen() {
        let readiness = readiness("broker")
        clock.seconds.store(10, ordering: .relaxed)
        readiness.set("broker", .up)
        clock.seconds.store(20, ordering: .relaxed)
        readiness.set("broker", .up)
        #expect(readiness.snapshot.dependencies[0].since == WallTime(seconds: 10))
        readiness.set("broker", .down, reason: "first")
        clock.seconds.store(30, ordering: .relaxed)
        readiness.set("broker", .down, reason: "second")
        #expect(readiness.snapshot.dependencies[0].since == WallTime(seconds: 20))
        #expect(readiness.snapshot.dependencies[0].reason == "second")
    }

    @Test func aShutdownEndsReadinessForGood() {
        let readiness = readiness("broker")
        readiness.set("broker", .up)
        readiness.drain()
        readiness.set("broker", .up)
        #expect(!readiness.isReady)
    }

    @Test func aDependencyNamedLateCountsToo() {
        let readiness = readiness()
        #expect(readiness.isReady)
        readiness.set("keys", .down, reason: "no keys")
        #expect(!readiness.isReady)
    }

    @Test func jsonNamesEachDependencyAndEscapesReasons() {
        let readiness = readiness("broker", "database")
        readiness.set("broker", .up)
        readiness.set("database", .down, reason: "said \"no\"\n")
        #expect(
            readiness.snapshot.json == #"{"ready":false,"draining":false,"dependencies":["#
                + #"{"name":"broker","state":"up","since":"1970-01-01T00:00:00.000Z"},"#
                + #"{"name":"database","state":"down","since":"1970-01-01T00:00:00.000Z","reason":"said \"no\"\n"}]}"#
                + "\n"
        )
    }
}
