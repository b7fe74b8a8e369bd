/// What goes wrong with one call of ``InMemoryOrderStore``.
package enum StoreFault: Sendable, Hashable {
    /// Nothing was done.
    case unavailable
    /// Everything was done, and the caller was not told.
    case unavailableAfterCommit
    /// Nothing was done, because another transaction was in the way.
    case contended
    /// Everything was done, and the caller was only told of a time limit.
    case contendedAfterCommit
}
