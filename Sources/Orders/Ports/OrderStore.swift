/// Where orders are kept.
///
/// Every implementation passes the conformance suite in `OrderTestKit`.
package protocol OrderStore: Sendable {
    /// Does the commands, all the writes among them in one transaction: all are done or none.
    ///
    /// Commands of one batch take effect as if done one after the other. The same create twice in a batch makes one
    /// order, and the second is a replay.
    ///
    /// - Parameter requests: 1 to a few thousand.
    /// - Returns: one result a request, in their order.
    /// - Throws: ``StoreError``; nothing was done, except that after `.unavailable` the commit may have happened
    ///   unseen: do the same again, which is always safe.
    func execute(_ requests: [StoreRequest]) async throws(StoreError) -> [StoreResult]

    /// Connects if need be, and asks for the smallest sign of life.
    func ping() async throws(StoreError)
}

/// One command for the store.
package struct StoreRequest: Sendable, Hashable {
    package let command: Command
    package let caller: Caller
    package let requestID: String
    package let traceparent: String?
    /// The moment that counts as the creation or the change, the same for a whole batch.
    package let now: Timestamp

    package init(command: Command, caller: Caller, requestID: String, traceparent: String?, now: Timestamp) {
        self.command = command
        self.caller = caller
        self.requestID = requestID
        self.traceparent = traceparent
        self.now = now
    }
}

/// What the store made of one command, and the event that it staged with it.
package struct StoreResult: Sendable, Hashable {
    package let outcome: CommandOutcome
    /// The order that was meant, known also for a refusal.
    package let orderID: OrderID?
    package let event: StagedEvent?

    package init(_ outcome: CommandOutcome, orderID: OrderID?, event: StagedEvent? = nil) {
        self.outcome = outcome
        self.orderID = orderID
        self.event = event
    }
}
