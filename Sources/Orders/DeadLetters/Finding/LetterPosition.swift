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
        "\(String(UInt64(bitPattern: arrivedAt.milliseconds), radix: 36))-\(id)"
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let separator = cursor.firstIndex(of: "-"),
            let milliseconds = UInt64(cursor[..<separator], radix: 36),
            let id = LetterID(String(cursor[cursor.index(after: separator)...]))
        else { return nil }
        let arrivedAt = Int64(bitPattern: milliseconds)
        // Year 9999: beyond it the store's own arithmetic would be the one to refuse.
        guard (0...253_402_300_799_999).contains(arrivedAt) else { return nil }
        self.init(arrivedAt: Timestamp(milliseconds: arrivedAt), id: id)
    }
}
