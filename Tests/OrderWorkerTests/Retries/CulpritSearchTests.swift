import OrderTestKit
import Testing

@testable import OrderWorker

@Suite struct CulpritSearchTests {
    /// Runs a search over commands of which some are rejected and some obstructed.
    private func run(
        _ count: Int,
        rejected: Set<Int> = [],
        obstructed: Set<Int> = []
    ) -> (ending: [String]?, tries: Int) {
        var search = CulpritSearch<Int>(count: count)
        var tries = 0
        while case .tryNext(let range) = search.next {
            tries += 1
            if range.contains(where: obstructed.contains) {
                search.tried(.obstructed("lock"))
            } else if range.contains(where: rejected.contains) {
                search.tried(.rejected("22021"))
            } else {
                search.tried(.done(Array(range)))
            }
        }
        guard case .found(let findings) = search.next else { return (nil, tries) }
        let ending = findings.map { finding in
            switch finding {
            case .done(let result): "done \(result)"
            case .rejected: "rejected"
            case .obstructed: "obstructed"
            case .unproven: "unproven"
            }
        }
        return (ending, tries)
    }

    private func expected(_ count: Int, rejected: Set<Int>, obstructed: Set<Int>) -> [String] {
        (0..<count).map { index in
            if obstructed.contains(index) { return "obstructed" }
            return rejected.contains(index) ? "rejected" : "done \(index)"
        }
    }

    @Test func goodBatchIsTriedOnce() {
        let (ending, tries) = run(500)
        #expect(ending == expected(500, rejected: [], obstructed: []))
        #expect(tries == 1)
        #expect(run(0).ending == [])
    }

    @Test(arguments: [0, 1, 250, 499])
    func oneCulpritIsFoundAmongMany(culprit: Int) {
        let (ending, tries) = run(500, obstructed: [culprit])
        #expect(ending == expected(500, rejected: [], obstructed: [culprit]))
        #expect(tries <= 2 * 9 + 1)
    }

    @Test func searchThatIsGivenUpLeavesWhatItDidNotFindOut() {
        var search = CulpritSearch<Int>(count: 8)
        // All, the first half, its first half: then two are done and the time is over.
        for trial in [.obstructed("lock"), .obstructed("lock"), .done([0, 1])] as [CulpritSearch<Int>.Trial] {
            search.tried(trial)
        }
        search.giveUp()
        guard case .found(let findings) = search.next else {
            Issue.record("others were done")
            return
        }
        let isDone = findings.map { if case .done = $0 { true } else { false } }
        let isUnproven = findings.map { if case .unproven("lock") = $0 { true } else { false } }
        #expect(isDone == [true, true] + Array(repeating: false, count: 6))
        #expect(isUnproven == isDone.map(!))
    }

    @Test func searchThatIsGivenUpBeforeAnythingWasDoneIsHopeless() {
        var search = CulpritSearch<Int>(count: 8)
        search.giveUp()
        guard case .tryNext(0..<8) = search.next else {
            Issue.record("nothing was tried yet")
            return
        }
        search.tried(.obstructed("lock"))
        search.giveUp()
        guard case .hopeless("lock") = search.next else {
            Issue.record("nothing was done")
            return
        }
    }

    @Test func nothingDoneIsAnOutageAndNobodysFault() {
        #expect(run(1, obstructed: [0]).ending == nil)
        let (ending, tries) = run(500, obstructed: Set(0..<500))
        #expect(ending == nil)
        #expect(tries <= 2 * 9 + 1, "each try may take seconds")
    }

    @Test func rejectionIsNoWitness() {
        #expect(run(2, rejected: [0], obstructed: [1]).ending == nil)
        #expect(run(3, rejected: [0], obstructed: [1]).ending == ["rejected", "obstructed", "done 2"])
    }

    @Test func whatWasDoubtfulIsLookedIntoOnceThereIsAWitness() {
        // 4…7 is put aside after 0 and 2 to 3 were obstructed; 1 is what shows that others pass.
        let obstructed: Set<Int> = [0, 2, 6]
        #expect(run(8, obstructed: obstructed).ending == expected(8, rejected: [], obstructed: obstructed))
    }

    @Test(arguments: 0..<200 as Range<UInt64>)
    func everyCommandGetsItsOwnFindingOrNoneDoes(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let count = Int.random(in: 1...40, using: &generator)
        let rejected = Set((0..<Int.random(in: 0...4, using: &generator)).map { _ in Int.random(in: 0..<count) })
        let obstructed = Set((0..<Int.random(in: 0...4, using: &generator)).map { _ in Int.random(in: 0..<count) })
        let (ending, tries) = run(count, rejected: rejected, obstructed: obstructed)
        #expect(tries <= 2 * count)
        if let ending {
            #expect(ending == expected(count, rejected: rejected, obstructed: obstructed))
        } else {
            #expect(!obstructed.isEmpty)
        }
    }

    @Test func resultsThatAreMissingAreAFaultThatMayPass() {
        var search = CulpritSearch<Int>(count: 2)
        search.tried(.done([7]))
        guard case .found(let findings) = search.next, case .obstructed = findings[1] else {
            Issue.record("the second command has no finding")
            return
        }
        #expect(findings.count == 2)
    }
}
