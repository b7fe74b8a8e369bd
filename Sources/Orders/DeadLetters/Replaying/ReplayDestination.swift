/// Where a replayed message goes.
package enum ReplayDestination: Sendable, Hashable {
    /// The exchange and routing key by which it first came.
    case origin
    /// A queue by its name; nobody answers from there, so the broker's confirm is the result.
    case queue(String)
}
