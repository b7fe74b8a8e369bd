import Orders
import Testing

@Suite struct ReplayPaceTests {
    @Test func messagesAreSpreadEvenly() {
        var pace = ReplayPace(rate: 10, now: .zero)
        #expect(pace.take(5, at: .zero) == 1)
        #expect(pace.pause(at: .zero) == .milliseconds(100))
        #expect(pace.take(5, at: .milliseconds(99)) == 0)
        #expect(pace.take(5, at: .milliseconds(100)) == 1)
    }

    @Test func whatWasNotSentInTimeIsNotMadeUpFor() {
        var pace = ReplayPace(rate: 1000, now: .zero)
        #expect(pace.take(100_000, at: .seconds(60)) == 101)
    }

    @Test func aSecondHoldsTheRate() {
        var pace = ReplayPace(rate: 50, now: .zero)
        var sent = 0
        for millisecond in 0..<1000 { sent += pace.take(1000, at: .milliseconds(millisecond)) }
        #expect(sent == 50)
    }
}
