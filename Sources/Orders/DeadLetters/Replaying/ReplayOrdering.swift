/// What became of an order.
package enum ReplayOrdering: Sendable, Hashable {
    /// There is a job; also where the same order came before.
    case accepted(ReplayJob)
    /// The id belongs to an order with other content, or to somebody else's.
    case conflict
    /// No letter could be sent, so no job was made.
    case nothing

    package var job: ReplayJob? {
        if case .accepted(let job) = self { job } else { nil }
    }
}
