/// What a text may cost before it is refused unread.
package struct JSONLimits: Sendable, Hashable {
    /// The longest text read, in bytes.
    package let maxBytes: Int
    /// How many objects and arrays may stand inside one another; 1 allows `{}` and not `{"a":{}}`.
    package let maxDepth: Int

    /// Makes limits, held within what the reader can count and what may be walked recursively.
    ///
    /// - Parameter maxBytes: 0 to 1 GiB. Defaults to 1 MiB.
    /// - Parameter maxDepth: 0 to 512. Defaults to 64.
    package init(maxBytes: Int = 1 << 20, maxDepth: Int = 64) {
        self.maxBytes = min(max(maxBytes, 0), 1 << 30)
        self.maxDepth = min(max(maxDepth, 0), 512)
    }
}
