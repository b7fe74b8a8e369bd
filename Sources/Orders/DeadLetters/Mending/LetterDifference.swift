/// What a revision changed.
package struct LetterDifference: Sendable, Hashable {
    package struct HeaderChange: Sendable, Hashable {
        package let name: [UInt8]
        /// `nil` where the header was added.
        package let old: HeaderValue?
        /// `nil` where the header was removed.
        package let new: HeaderValue?
    }

    package let body: BodyDifference?
    package let headers: [HeaderChange]
    package let changesProperties: Bool

    package init(from old: LetterMessage, to new: LetterMessage) {
        body = BodyDifference(from: old.body, to: new.body)
        headers = Self.changes(from: old.headers, to: new.headers)
        changesProperties = old.properties != new.properties
    }

    package var isEmpty: Bool { body == nil && headers.isEmpty && !changesProperties }

    /// By name, each occurrence of a repeated name against the same occurrence on the other side.
    private static func changes(from old: [LetterHeader], to new: [LetterHeader]) -> [HeaderChange] {
        let (old, new) = (Dictionary(grouping: old, by: \.name), Dictionary(grouping: new, by: \.name))
        let names = Set(old.keys).union(new.keys).sorted { $0.lexicographicallyPrecedes($1) }
        return names.flatMap { name -> [HeaderChange] in
            let (before, after) = (old[name] ?? [], new[name] ?? [])
            return (0..<max(before.count, after.count)).compactMap { index in
                let left = before.indices.contains(index) ? before[index].value : nil
                let right = after.indices.contains(index) ? after[index].value : nil
                return left == right ? nil : HeaderChange(name: name, old: left, new: right)
            }
        }
    }
}
