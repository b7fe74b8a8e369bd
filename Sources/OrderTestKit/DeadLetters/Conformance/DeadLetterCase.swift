/// One thing that every implementation of the ports of dead letters must do.
package typealias DeadLetterCase = ConformanceCase<DeadLettersUnderTest>

extension DeadLetterCase {
    init(_ claim: String, _ body: @escaping @Sendable (Desk) async throws -> Void) {
        self.init(claim) { subject in try await body(Desk(subject)) }
    }
}

/// What every implementation of the ports of dead letters must do.
package enum DeadLetterConformance {
    package static let cases = keeping + finding + changing + ordering + running + auditing
}
