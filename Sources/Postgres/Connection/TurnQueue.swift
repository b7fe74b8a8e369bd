/// Who may use the connection: first come, first served.
///
/// An actor lets others in at every `await`, so a unit of work needs more than isolation to be alone.
package struct TurnQueue {
    /// A place in the queue.
    package struct Turn: Hashable, Sendable {
        let signal = Signal()
    }

    private var turns: [Turn] = []

    package init() {}

    package var isEmpty: Bool { turns.isEmpty }

    package mutating func join() -> Turn {
        let turn = Turn()
        turns.append(turn)
        return turn
    }

    package func isHeld(by turn: Turn) -> Bool { turns.first == turn }

    /// Gives up the place; returns whose turn it has become, if that changed.
    package mutating func leave(_ turn: Turn) -> Turn? {
        let wasFirst = isHeld(by: turn)
        turns.removeAll { $0 == turn }
        return wasFirst ? turns.first : nil
    }

    package var all: [Turn] { turns }
}
