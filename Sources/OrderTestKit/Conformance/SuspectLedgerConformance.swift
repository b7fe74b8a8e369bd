package import Orders
internal import Testing

/// What every ``SuspectLedger`` must do.
package enum SuspectLedgerConformance {
    /// One of its claims; the suspects of every case are its own.
    package struct Case: Sendable, CustomTestStringConvertible {
        package let testDescription: String
        private let body: @Sendable (_ here: any SuspectLedger, _ there: any SuspectLedger) async throws -> Void

        fileprivate init(
            _ claim: String,
            _ body: @escaping @Sendable (any SuspectLedger, any SuspectLedger) async throws -> Void
        ) {
            testDescription = claim
            self.body = body
        }

        /// Records an issue for everything that is not as it must be.
        ///
        /// - Parameter there: the same ledger as another worker has it.
        package func run(on here: any SuspectLedger, _ there: any SuspectLedger) async throws {
            try await body(here, there)
        }
    }

    private static func suspects(_ names: String...) -> [SuspectID] {
        names.map { SuspectID(parts: [Array($0.utf8)]) }
    }

    package static let cases = [
        Case("a suspect that was never let go is counted, for every worker") { (here, there) async throws in
            let suspects = suspects("counted-1", "counted-2")
            #expect(try await there.deaths(with: suspects) == [0, 0])
            try await here.take(suspects)
            #expect(try await there.deaths(with: suspects) == [1, 1])
            try await there.take([suspects[1]])
            #expect(try await here.deaths(with: suspects) == [1, 2])
        },
        Case("what was settled is forgotten") { (here, there) async throws in
            let suspects = suspects("settled-1", "settled-2", "settled-3")
            try await here.take(suspects)
            try await there.take(suspects)
            try await here.settle(suspects.dropLast())
            try await here.settle(suspects.dropLast())
            #expect(try await there.deaths(with: suspects) == [0, 0, 2])
        },
        Case("what was given back does not count, and what came before does") { (here, there) async throws in
            let suspects = suspects("back-1", "back-2")
            try await here.take([suspects[0]])
            try await here.take(suspects)
            try await here.giveBack(suspects)
            #expect(try await there.deaths(with: suspects) == [1, 0])
            try await there.giveBack(suspects)
            #expect(try await there.deaths(with: suspects) == [0, 0])
        },
        Case("the same message twice in hand counts once") { (here, _) async throws in
            let suspects = suspects("twice", "twice")
            try await here.take(suspects)
            #expect(try await here.deaths(with: suspects) == [1, 1])
            try await here.giveBack(suspects)
            #expect(try await here.deaths(with: suspects) == [0, 0])
        },
        Case("suspects are told apart") { (here, _) async throws in
            let suspects = [["a", "bc"], ["ab", "c"], ["abc"], ["abc", ""]]
                .map { SuspectID(parts: $0.map { Array($0.utf8) }) }
            try await here.take([suspects[1]])
            #expect(try await here.deaths(with: suspects) == [0, 1, 0, 0])
        },
    ]
}
