import Orders
import Testing

@Suite struct RedeliveryRuleTests {
    @Test(arguments: [(0, false), (1, false), (2, true), (9, true), (50, true)])
    func oneReturnIsEverydayLife(returns: Int, isSuspect: Bool) {
        #expect(RedeliveryRule.isSuspect(returns: returns) == isSuspect)
    }

    @Test(arguments: [
        (0, RedeliveryRule.Verdict.read), (7, .read), (8, .bury), (11, .bury), (12, .buryBlind), (Int.max, .buryBlind),
    ])
    func whoEndsManyProcessesIsBuried(deaths: Int, verdict: RedeliveryRule.Verdict) {
        #expect(RedeliveryRule.verdict(afterDeaths: deaths) == verdict)
    }

    @Test(arguments: [
        ([0], 1), ([3], 1), ([0, 0, 0], 3), ([0, 0, 1, 0], 2), ([1, 0, 0], 1), ([Int](repeating: 0, count: 300), 100),
    ])
    func onlyThoseOfNoDeathShareAGroup(deaths: [Int], size: Int) {
        #expect(RedeliveryRule.groupSize(deaths[...]) == size)
    }

    /// The broker's limit, 50 by policy, would bury whatever else is in hand.
    @Test func burialComesWellBeforeTheBrokers() {
        #expect((RedeliveryRule.suspectReturns + RedeliveryRule.blindBurialDeaths) * 2 <= 50)
    }
}
