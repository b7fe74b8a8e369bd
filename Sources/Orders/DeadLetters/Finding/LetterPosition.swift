/// The last letter of a page, from which the next page goes on.
package struct LetterPosition: Sendable, Hashable {
    package let arrivedAt: Timestamp
    package let id: LetterID

    package init(arrivedAt: Timestamp, id: LetterID) {
        self.arrivedAt = arrivedAt
        self.id = id
    }
}

extension LetterPosition: CustomStringConvertible {
    /// The cursor that operators' programs see: opaque to them, so its form may change.
    package var description: String {
        PageCursor.text(arrivedAt, "\(id)")
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let (arrivedAt, text) = PageCursor.parts(cursor), let id = LetterID(text) else { return nil }
        self.init(arrivedAt: arrivedAt, id: id)
    }
}
