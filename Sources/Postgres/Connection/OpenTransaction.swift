/// Where an interactive transaction stands.
struct OpenTransaction {
    let turn: TurnQueue.Turn
    let deadline: ContinuousClock.Instant
    /// `BEGIN` travels with the first batch.
    var hasBegun = false
    var isCommitted = false
}
