/// What the bus takes at the moment, as far as its connection knows.
package enum BusAvailability: Sendable, Hashable {
    case available
    /// The broker has raised an alarm: it takes nothing that it would have to store.
    case writesBlocked
    case away
}
