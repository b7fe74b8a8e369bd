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
        let milliseconds = String(UInt64(bitPattern: lastSeenAt.milliseconds), radix: 36)
        return "\(String(keptCount, radix: 36))-\(milliseconds)-\(id)"
    }

    /// Year 9999, in milliseconds: beyond it the store's own arithmetic would be the one to refuse.
    private static let lastMoment: UInt64 = 253_402_300_799_999

    /// Reads a cursor; `nil` if it is not one that ``description`` wrote.
    package init?(_ cursor: String) {
        let parts = cursor.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let keptCount = Int32(parts[0], radix: 36), keptCount >= 0,
            let milliseconds = UInt64(parts[1], radix: 36), milliseconds <= Self.lastMoment,
            let id = GroupID(String(parts[2]))
        else { return nil }
        let lastSeenAt = Timestamp(milliseconds: Int64(clamping: milliseconds))
        self.init(keptCount: Int(keptCount), lastSeenAt: lastSeenAt, id: id)
    }
}

extension LetterGroup {
    package var position: GroupPosition {
        GroupPosition(keptCount: count(.kept), lastSeenAt: lastSeenAt, id: id)
    }
}
