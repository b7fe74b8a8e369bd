/// Remembers which suspects were in hand when a process ended, for all workers and beyond all of them.
///
/// What the broker counts returns for everything that a dead worker had received; only this tells what it had in
/// hand. Every implementation passes the conformance suite in `OrderTestKit`.
package protocol SuspectLedger: Sendable {
    /// How often each was taken and never let go: so many processes ended with it in hand.
    ///
    /// - Parameter suspects: 1 to a few hundred, here and below.
    func deaths(with suspects: [SuspectID]) async throws(StoreError) -> [Int]

    /// Notes that the suspects are in hand, all or none.
    ///
    /// - Parameter time: when they were taken, which also tells one taking from the next: repeated after an unknown
    ///   outcome under the same time, it counts once.
    func take(_ suspects: [SuspectID], at time: Timestamp) async throws(StoreError)

    /// Forgets the suspects: they are settled.
    func settle(_ suspects: [SuspectID]) async throws(StoreError)

    /// Takes the last `take(_:)` back: the suspects go back to their queue, and nothing ended with them.
    func giveBack(_ suspects: [SuspectID]) async throws(StoreError)
}
