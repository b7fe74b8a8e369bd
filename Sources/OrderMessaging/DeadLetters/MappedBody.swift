package import Orders

/// A body after a mapping, and what the mapping did not find in it.
package struct MappedBody: Sendable, Hashable {
    package let body: [UInt8]
    /// How many places were changed.
    package let changeCount: Int
    /// The paths, each once, that lead nowhere in this body: for a default, whose object is not there.
    package let missing: [BodyPath]

    package init(body: [UInt8], changeCount: Int, missing: [BodyPath]) {
        self.body = body
        self.changeCount = changeCount
        self.missing = missing
    }
}
