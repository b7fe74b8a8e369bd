/// The last group of a page, from which the next page goes on.
///
/// Groups move while letters come and go: one that moves between two pages may be on both or on neither.
package struct GroupPosition: Sendable, Hashable {
    /// How many of its letters waited.
    package let keptCount: Int
    package let lastSeenAt: Timestamp
    package let id: GroupID

    package init(keptCount: Int, lastSeenAt: Timestamp, id: GroupID) {
        self.keptCount = keptCount
        self.lastSeenAt = lastSeenAt
        self.id = id
    }
}

extension GroupPosition: CustomStringConvertible {
    /// The cursor that operators' programs see: opaque to them, so its form may change.
    package var description: String {
        "\(String(keptCount, radix: 36))-\(PageCursor.text(lastSeenAt, "\(id)"))"
    }

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        guard let separator = cursor.firstIndex(of: "-"), let keptCount = Int32(cursor[..<separator], radix: 36),
            keptCount >= 0,
            let (lastSeenAt, text) = PageCursor.parts(String(cursor[cursor.index(after: separator)...])),
            let id = GroupID(text)
        else { return nil }
        self.init(keptCount: Int(keptCount), lastSeenAt: lastSeenAt, id: id)
    }
}

extension LetterGroup {
    package var position: GroupPosition {
        GroupPosition(keptCount: count(.kept), lastSeenAt: lastSeenAt, id: id)
    }
}
