import Testing

@testable import OrderWorker

@Suite struct RefusalSpellTests {
    private let age: Duration = .seconds(2)

    @Test func onlyTheFirstRefusalBeginsASpell() {
        var spell = RefusalSpell()
        let areFirst = (1...3).map { spell.note(at: .seconds($0)) }
        #expect(areFirst == [true, false, false])
    }

    @Test func lookThatCannotHaveSeenTheLastRefusalEndsNothing() {
        var spell = RefusalSpell()
        _ = spell.note(at: .seconds(1))
        _ = spell.note(at: .seconds(10))
        let lengths = [11, 12].map { spell.end(lookBegan: .seconds($0), now: .seconds(13), minimumAge: age) }
        #expect(lengths == [nil, .seconds(12)])
    }

    @Test func spellEndsOnceAndAnotherBegins() {
        var spell = RefusalSpell()
        let early = spell.end(lookBegan: .seconds(9), now: .seconds(9), minimumAge: age)
        #expect(early == nil)
        _ = spell.note(at: .seconds(10))
        let lengths = [12, 13].map { spell.end(lookBegan: .seconds($0), now: .seconds($0), minimumAge: age) }
        #expect(lengths == [.seconds(2), nil])
        let isFirst = spell.note(at: .seconds(14))
        #expect(isFirst)
    }
}
