import AMQP
import OrderTestKit
import Testing

@Suite struct BackoffTests {
    @Test func delaysDoubleUpToTheMaximumWithinTheirUpperHalf() {
        var backoff = Backoff(generator: SeededGenerator(seed: 1))
        var ceiling = Duration.milliseconds(100)
        for _ in 0..<20 {
            let delay = backoff.next()
            #expect(delay >= ceiling / 2 && delay <= ceiling)
            ceiling = min(ceiling * 2, .seconds(10))
        }
    }

    @Test func theSameSeedGivesTheSameDelaysAndAnotherSeedOthers() {
        func delays(_ seed: UInt64) -> [Duration] {
            var backoff = Backoff(generator: SeededGenerator(seed: seed))
            return (0..<10).map { _ in backoff.next() }
        }
        #expect(delays(7) == delays(7))
        #expect(delays(7) != delays(8))
    }

    @Test func aResetStartsOver() {
        var backoff = Backoff(minimum: .seconds(1), maximum: .seconds(60), generator: SeededGenerator(seed: 3))
        for _ in 0..<5 { _ = backoff.next() }
        backoff.reset()
        #expect(backoff.next() <= .seconds(1))
    }
}
