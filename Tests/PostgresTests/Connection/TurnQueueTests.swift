import Postgres
import Testing

@Suite struct TurnQueueTests {
    @Test func turnsAreServedInOrder() {
        var queue = TurnQueue()
        let (first, second, third) = (queue.join(), queue.join(), queue.join())
        #expect(queue.isHeld(by: first))
        #expect(!queue.isHeld(by: second))
        #expect(queue.leave(first) == second)
        #expect(queue.leave(second) == third)
        #expect(queue.leave(third) == nil)
        #expect(queue.isEmpty)
    }

    @Test func whoGivesUpWakesNobodyButTheNext() {
        var queue = TurnQueue()
        let (first, second, third) = (queue.join(), queue.join(), queue.join())
        #expect(queue.leave(second) == nil)
        #expect(queue.leave(first) == third)
    }
}
