import Testing

@testable import OrderHTTP

@Suite struct EntityTagConditionTests {
    @Test func absentFieldIsNoCondition() {
        #expect(EntityTagCondition([]) == nil)
    }

    @Test func weakTagsMatchForReadingAlone() throws {
        let condition = try #require(EntityTagCondition(["W/\"3\", \"4\"", "\"abc,d\""]))
        #expect(condition.matchesWeakly(3))
        #expect(condition.matchesWeakly(4))
        #expect(!condition.matchesWeakly(5))
        #expect(condition.strongVersions == [4])
    }

    @Test func starMatchesEverything() throws {
        let condition = try #require(EntityTagCondition([" * "]))
        #expect(condition.matchesWeakly(7))
        #expect(condition.strongVersions == nil)
    }

    @Test(arguments: ["\"03\"", "\"+3\"", "\"0\"", "\"99999999999\"", "\"\""])
    func tagsThatAreNotOursMatchNothing(_ field: String) {
        #expect(EntityTagCondition([field]) == .tags([]))
    }

    @Test(arguments: ["3", "\"3", "w/\"3\"", "W\"3\"", "\"3\" \"4\"", "*, \"3\"", "\"a b\""])
    func whatIsNoTagMatchesNothing(_ field: String) {
        #expect(EntityTagCondition([field]) == .tags([]))
    }
}
