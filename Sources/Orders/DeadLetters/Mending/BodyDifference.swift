/// What was replaced between two bodies: everything before and behind it is the same.
package struct BodyDifference: Sendable, Hashable {
    /// Where the difference begins, in bytes.
    package let offset: Int
    package let removed: [UInt8]
    package let inserted: [UInt8]

    /// The smallest single replacement; `nil` if the bodies are equal.
    package init?(from old: [UInt8], to new: [UInt8]) {
        guard old != new else { return nil }
        let shortest = min(old.count, new.count)
        var prefix = 0
        while prefix < shortest, old[prefix] == new[prefix] { prefix += 1 }
        var suffix = 0
        while suffix < shortest - prefix, old[old.count - 1 - suffix] == new[new.count - 1 - suffix] { suffix += 1 }
        offset = prefix
        removed = Array(old[prefix..<(old.count - suffix)])
        inserted = Array(new[prefix..<(new.count - suffix)])
    }
}
