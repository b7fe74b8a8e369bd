/// The way of a replayed command back to the workers.
package protocol ReplaySender: Sendable {
    /// Publishes a command with a confirm and, unless it is redirected, waits for its reply.
    func send(_ command: ReplayCommand, waitingFor wait: Duration) async -> ReplayResponse

    /// Suspends until the broker can be reached, or the task is cancelled.
    func waitUntilAvailable() async
}

/// A command to be sent again.
package struct ReplayCommand: Sendable, Hashable {
    package let item: ReplayItem
    package let job: ReplayJobID
    package let destination: ReplayDestination
    /// On whose behalf the workers are to do it; `nil` only where it goes elsewhere.
    package let caller: Caller?
    /// The operator's own: `Bearer …`.
    package let authorization: String

    package init(
        item: ReplayItem,
        job: ReplayJobID,
        destination: ReplayDestination,
        caller: Caller?,
        authorization: String
    ) {
        self.item = item
        self.job = job
        self.destination = destination
        self.caller = caller
        self.authorization = authorization
    }
}

/// What a sender knows of a replayed command.
package enum ReplayResponse: Sendable, Hashable {
    /// What the reply means, and what a worker that refused told besides.
    case ended(ReplayResult, note: RefusalNote = RefusalNote())
    /// The broker has it, and the reply did not come in time.
    case unanswered
    /// The broker cannot be reached, or was lost before its word: that is our outage. Send the same again.
    case unavailable(reason: String)
}
