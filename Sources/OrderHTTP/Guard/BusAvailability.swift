/// What the bus takes at the moment, as far as its connection knows.
package enum BusAvailability: Sendable, Hashable {
    case available
    /// The broker has raised an alarm: it reads nothing more from whoever publishes, questions included.
    case blocked
    case away
}
