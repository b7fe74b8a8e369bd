/// Sends events to the world.
package protocol EventPublisher: Sendable {
    /// Publishes the events in their order and waits for the broker's word on each.
    ///
    /// - Returns: one answer an event; `unknown` ones may or may not have been taken and are to be sent again,
    ///   `refused` ones not at once.
    func publish(_ events: [StagedEvent]) async -> [EventDelivery]

    /// Suspends until the broker can be reached, or the task is cancelled.
    func waitUntilAvailable() async
}

/// What the broker said of one event.
package enum EventDelivery: Sendable, Hashable {
    case confirmed
    /// Taken, and no queue was bound to hear it.
    case unheard
    case unknown
    /// The broker said that it did not take it, as when the queue of somebody who hears it is full: that concerns this
    /// event, and is none of the others' business.
    case refused
    /// It fits into no message, so sending it again would change nothing.
    case unsendable
}
