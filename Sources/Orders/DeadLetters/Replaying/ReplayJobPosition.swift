/// The last job of a page, from which the next page goes on.
package struct ReplayJobPosition: Sendable, Hashable {
    package let orderedAt: Timestamp
    package let id: ReplayJobID

    package init(orderedAt: Timestamp, id: ReplayJobID) {
        self.orderedAt = orderedAt
        self.id = id
    }

    /// Whether the list, which begins with the newest, has it behind another.
    package func isBehind(_ other: ReplayJobPosition) -> Bool {
        (orderedAt, id.bits) < (other.orderedAt, other.id.bits)
    }
}

extension ReplayJob {
    package var listPosition: ReplayJobPosition { ReplayJobPosition(orderedAt: orderedAt, id: id) }
}

extension ReplayJobPosition: CustomStringConvertible {
    /// The cursor that operators' programs see: opaque to them, so its form may change.
    package var description: String {
        PageCursor.text(orderedAt, "\(id)")
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let (orderedAt, text) = PageCursor.parts(cursor), let id = ReplayJobID(text) else { return nil }
        self.init(orderedAt: orderedAt, id: id)
    }
}
