import Telemetry
import Testing

@Suite struct OutageTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

    @Test func aThousandFailuresAreSaidOnceUntilTheReminder() {
        var outage = Outage(reminderInterval: .seconds(300))
        #expect(outage.observedAway(at: at(0)) == .entered)
        for second in 1..<300 {
            #expect(outage.observedAway(at: at(second)) == nil)
        }
        #expect(outage.observedAway(at: at(301)) == .ongoing(for: .seconds(301)))
        #expect(outage.observedAway(at: at(302)) == nil)
        #expect(outage.observedAway(at: at(650)) == .ongoing(for: .seconds(650)))
    }

    @Test func theEndSaysHowLongItWas() {
        var outage = Outage()
        _ = outage.observedAway(at: at(0))
        #expect(outage.isOngoing)
        #expect(outage.observedBack(at: at(42)) == .left(after: .seconds(42)))
        #expect(!outage.isOngoing)
        #expect(outage.observedBack(at: at(43)) == nil)
    }

    @Test func workingFromTheStartIsNoNews() {
        var outage = Outage()
        #expect(outage.observedBack(at: at(0)) == nil)
    }

    @Test func theNextOutageIsSaidAgain() {
        var outage = Outage()
        _ = outage.observedAway(at: at(0))
        _ = outage.observedBack(at: at(1))
        #expect(outage.observedAway(at: at(2)) == .entered)
    }
}
