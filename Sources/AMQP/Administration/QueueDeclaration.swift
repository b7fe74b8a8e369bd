/// A queue as it is to be.
package struct QueueDeclaration: Sendable {
    /// Empty lets the broker make up a name.
    package var name: ShortString
    /// Only ask for the queue, which must exist.
    package var isPassive = false
    package var isDurable = true
    /// For this connection alone, and gone with it.
    package var isExclusive = false
    package var isAutoDeleted = false
    package var arguments = FieldTable()

    package init(name: ShortString = .empty) {
        self.name = name
    }
}
