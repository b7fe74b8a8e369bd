internal import Testing

/// One thing that every implementation of a port must do.
///
/// To be the argument of a parameterised test: `@Test(arguments: OrderStoreConformance.cases)`.
package struct ConformanceCase: Sendable, CustomTestStringConvertible {
    private let claim: String
    private let body: @Sendable (StoreUnderTest) async throws -> Void

    init(_ claim: String, _ body: @escaping @Sendable (StoreUnderTest) async throws -> Void) {
        self.claim = claim
        self.body = body
    }

    package var testDescription: String { claim }

    /// Records an issue for everything that is not as it must be.
    ///
    /// - Parameter subject: may hold other tenants' orders and events; every case makes a tenant of its own.
    package func run(on subject: StoreUnderTest) async throws {
        try await body(subject)
    }
}
