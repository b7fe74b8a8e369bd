internal import Orders
internal import Postgres

extension Connection {
    /// Runs the body as one transaction, and makes what it throws a `StoreError`.
    nonisolated func storeTransaction<Value>(
        within limit: Duration,
        _ body: (Transaction) async throws -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await withTransaction(within: limit, body)
        } catch {
            throw StoreError(caught: error)
        }
    }
}
