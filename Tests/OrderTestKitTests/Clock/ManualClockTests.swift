import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct ManualClockTests {
    @Test func clockMovesOnlyWhenItIsMoved() async {
        let clock = ManualClock(start: Sample.moment)
        clock.advance(by: .milliseconds(1500))
        #expect(clock.uptime == .milliseconds(1500))
        #expect(clock.now.milliseconds == Sample.moment.milliseconds + 1500)
    }

    @Test func sleepersWakeInTheirTurn() async {
        let clock = ManualClock()
        async let late: Void = clock.sleep(.seconds(5))
        async let early: Void = clock.sleep(.seconds(2))
        await clock.waitForSleepers(2)
        await clock.advanceToNextSleeper()
        #expect(clock.uptime == .seconds(2))
        await early
        await clock.advanceToNextSleeper()
        #expect(clock.uptime == .seconds(5))
        await late
    }

    @Test func cancellationEndsASleep() async {
        let clock = ManualClock()
        let sleep = Task { await clock.sleep(.seconds(1)) }
        await clock.waitForSleepers()
        sleep.cancel()
        await sleep.value
        #expect(clock.uptime == .zero)
    }

    @Test func hurryMovesOverEverySleep() async {
        let clock = ManualClock()
        await clock.hurry {
            for _ in 0..<100 { await clock.sleep(.seconds(1)) }
        }
        #expect(clock.uptime == .seconds(100))
    }
}
