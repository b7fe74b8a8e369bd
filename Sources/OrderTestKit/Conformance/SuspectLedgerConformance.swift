package import Orders
internal import Testing

/// A ledger as two workers have it; the suspects of every case are its own.
package struct LedgerUnderTest: Sendable {
    let here: any SuspectLedger
    let there: any SuspectLedger

    package init(here: any SuspectLedger, there: any SuspectLedger) {
        self.here = here
        self.there = there
    }
}

/// What every ``SuspectLedger`` must do.
package enum SuspectLedgerConformance {
    package static let cases = [
        ConformanceCase("a suspect that was never let go is counted, for every worker", neverLetGo),
        ConformanceCase("what was settled is forgotten", settledIsForgotten),
        ConformanceCase("what was given back does not count, and what came before does", givenBackDoesNotCount),
        ConformanceCase("a taking that is noted twice counts once", notedTwiceCountsOnce),
        ConformanceCase("the same message twice in hand counts once", twiceInHandCountsOnce),
        ConformanceCase("suspects are told apart", suspectsAreToldApart),
    ]

    private static func suspects(_ names: String...) -> [SuspectID] {
        names.map { SuspectID(parts: [Array($0.utf8)]) }
    }

    /// The so-many-th moment.
    private static func time(_ number: Int64) -> Timestamp {
        Timestamp(milliseconds: 1_766_785_510_123 + number)
    }

    @Sendable private static func neverLetGo(_ ledger: LedgerUnderTest) async throws {
        let suspects = suspects("counted-1", "counted-2")
        #expect(try await ledger.there.deaths(with: suspects) == [0, 0])
        try await ledger.here.take(suspects, at: time(1))
        #expect(try await ledger.there.deaths(with: suspects) == [1, 1])
        try await ledger.there.take([suspects[1]], at: time(2))
        #expect(try await ledger.here.deaths(with: suspects) == [1, 2])
    }

    @Sendable private static func settledIsForgotten(_ ledger: LedgerUnderTest) async throws {
        let suspects = suspects("settled-1", "settled-2", "settled-3")
        try await ledger.here.take(suspects, at: time(3))
        try await ledger.there.take(suspects, at: time(4))
        try await ledger.here.settle(suspects.dropLast())
        try await ledger.here.settle(suspects.dropLast())
        #expect(try await ledger.there.deaths(with: suspects) == [0, 0, 2])
    }

    @Sendable private static func givenBackDoesNotCount(_ ledger: LedgerUnderTest) async throws {
        let suspects = suspects("back-1", "back-2")
        try await ledger.here.take([suspects[0]], at: time(5))
        try await ledger.here.take(suspects, at: time(6))
        try await ledger.here.giveBack(suspects)
        #expect(try await ledger.there.deaths(with: suspects) == [1, 0])
        try await ledger.there.giveBack(suspects)
        #expect(try await ledger.there.deaths(with: suspects) == [0, 0])
    }

    @Sendable private static func notedTwiceCountsOnce(_ ledger: LedgerUnderTest) async throws {
        let suspects = suspects("noted-1", "noted-2")
        try await ledger.here.take([suspects[0]], at: time(1))
        for _ in 0..<3 { try await ledger.here.take(suspects, at: time(2)) }
        #expect(try await ledger.there.deaths(with: suspects) == [2, 1])
        try await ledger.here.giveBack(suspects)
        try await ledger.here.take(suspects, at: time(2))
        #expect(try await ledger.there.deaths(with: suspects) == [2, 1])
    }

    @Sendable private static func twiceInHandCountsOnce(_ ledger: LedgerUnderTest) async throws {
        let suspects = suspects("twice", "twice")
        try await ledger.here.take(suspects, at: time(7))
        #expect(try await ledger.here.deaths(with: suspects) == [1, 1])
        try await ledger.here.giveBack(suspects)
        #expect(try await ledger.here.deaths(with: suspects) == [0, 0])
    }

    @Sendable private static func suspectsAreToldApart(_ ledger: LedgerUnderTest) async throws {
        let suspects = [["a", "bc"], ["ab", "c"], ["abc"], ["abc", ""]]
            .map { SuspectID(parts: $0.map { Array($0.utf8) }) }
        try await ledger.here.take([suspects[1]], at: time(8))
        #expect(try await ledger.here.deaths(with: suspects) == [0, 1, 0, 0])
    }
}
