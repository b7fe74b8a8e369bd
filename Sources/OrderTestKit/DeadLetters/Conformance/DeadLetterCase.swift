internal import Testing

/// One thing that every implementation of the ports of dead letters must do.
///
/// To be the argument of a parameterised test: `@Test(arguments: DeadLetterConformance.cases)`.
package struct DeadLetterCase: Sendable, CustomTestStringConvertible {
    private let claim: String
    private let body: @Sendable (Desk) async throws -> Void

    init(_ claim: String, _ body: @escaping @Sendable (Desk) async throws -> Void) {
        self.claim = claim
        self.body = body
    }

    package var testDescription: String { claim }

    /// Records an issue for everything that is not as it must be.
    ///
    /// - Parameter subject: must be empty.
    package func run(on subject: DeadLettersUnderTest) async throws {
        try await body(Desk(subject))
    }
}

/// What every implementation of the ports of dead letters must do.
package enum DeadLetterConformance {
    package static let cases = keeping + finding + changing + ordering + running + auditing
}
