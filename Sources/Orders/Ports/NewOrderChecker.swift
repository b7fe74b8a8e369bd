/// The workers' own rules for a new order, for what is refused before a worker sees it.
package protocol NewOrderChecker: Sendable {
    /// Reads a body as a worker would.
    ///
    /// - Parameter key: the idempotency key beside the body; `nil` where there is none.
    /// - Returns: what a worker would refuse it for, with every violation; `nil` for nothing.
    func refusal(of body: [UInt8], key: String?) -> Refusal?
}
