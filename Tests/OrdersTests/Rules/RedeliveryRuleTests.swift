import Orders
import Testing

@Suite struct RedeliveryRuleTests {
    @Test(arguments: [(0, false), (1, false), (2, true), (9, true), (50, true)])
    func oneReturnIsEverydayLife(returns: Int, isSuspect: Bool) {
        #expect(RedeliveryRule.isSuspect(returns: returns) == isSuspect)
    }

    @Test(arguments: [(9, true, false), (10, true, true), (10, false, false), (49, false, false), (49, true, true)])
    func onlyTheFirstSuspectOfAProcessIsGivenUp(returns: Int, isFirst: Bool, isBuried: Bool) {
        #expect(RedeliveryRule.mustBury(returns: returns, isFirstOfProcess: isFirst) == isBuried)
    }

    /// The broker's limit, 50 by policy, would bury whatever else is in hand.
    @Test func burialComesWellBeforeTheBrokers() {
        #expect(RedeliveryRule.suspectReturns < RedeliveryRule.burialReturns)
        #expect(RedeliveryRule.burialReturns < RedeliveryRule.blindBurialReturns)
        #expect(RedeliveryRule.blindBurialReturns * 2 <= 50)
    }
}
