internal import Testing

/// One thing that every implementation of a port must do.
///
/// To be the argument of a parameterised test: `@Test(arguments: OrderStoreConformance.cases)`.
package struct ConformanceCase<Subject>: Sendable, CustomTestStringConvertible {
    private let claim: String
    private let body: @Sendable (Subject) async throws -> Void

    init(_ claim: String, _ body: @escaping @Sendable (Subject) async throws -> Void) {
        self.claim = claim
        self.body = body
    }

    package var testDescription: String { claim }

    /// Records an issue for everything that is not as it must be.
    ///
    /// - Parameter subject: see its type for the state that it must be in.
    package func run(on subject: Subject) async throws {
        try await body(subject)
    }
}
