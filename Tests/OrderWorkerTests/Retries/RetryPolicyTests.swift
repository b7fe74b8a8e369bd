import Orders
import Testing

@testable import OrderWorker

@Suite struct RetryPolicyTests {
    @Test(arguments: [(1, RetryDelay.fiveSeconds), (2, .thirtySeconds), (3, .fiveMinutes)])
    func pausesGrow(attempt: Int, delay: RetryDelay) {
        let verdict = RetryPolicy.verdict(on: .passing, attempt: attempt, isQuestion: false)
        #expect(verdict == .retry(after: delay))
    }

    @Test(arguments: [4, 5, 1000, Int.max])
    func fourthFailureIsTheLast(attempt: Int) {
        #expect(RetryPolicy.verdict(on: .passing, attempt: attempt, isQuestion: false) == .bury)
    }

    @Test(arguments: 1...5)
    func whatLastsIsNotTriedAgain(attempt: Int) {
        #expect(RetryPolicy.verdict(on: .lasting, attempt: attempt, isQuestion: false) == .bury)
    }

    @Test func questionIsNotTriedAgain() {
        #expect(RetryPolicy.verdict(on: .passing, attempt: 1, isQuestion: true) == .bury)
    }

    @Test(arguments: [0, -1, Int.min])
    func countThatCannotBeIsTakenForTheFirst(attempt: Int) {
        let verdict = RetryPolicy.verdict(on: .passing, attempt: attempt, isQuestion: false)
        #expect(verdict == .retry(after: .fiveSeconds))
    }
}
