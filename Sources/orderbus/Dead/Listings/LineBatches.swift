/// Whole lines, gathered so that a request has many of them but not too many bytes.
package struct LineBatches: Sendable {
    private let limit: Int
    private var rest: [UInt8] = []
    private var batch: [UInt8] = []

    /// - Parameter limit: bytes of a batch; one line that is longer is a batch by itself.
    package init(limit: Int) {
        self.limit = max(1, limit)
    }

    /// Takes bytes in.
    ///
    /// - Returns: the batches that are full.
    package mutating func add(_ bytes: [UInt8]) -> [[UInt8]] {
        var full: [[UInt8]] = []
        var begin = bytes.startIndex
        while let end = bytes[begin...].firstIndex(of: UInt8(ascii: "\n")) {
            rest += bytes[begin...end]
            begin = end + 1
            take(&full)
        }
        rest += bytes[begin...]
        return full
    }

    /// The last batch, with a last line that has no end; nil where nothing is left.
    package mutating func finish() -> [UInt8]? {
        let last = batch + rest
        batch = []
        rest = []
        return last.isEmpty ? nil : last
    }

    private mutating func take(_ full: inout [[UInt8]]) {
        if !batch.isEmpty, batch.count + rest.count > limit {
            full.append(batch)
            batch = []
        }
        batch += rest
        rest = []
    }
}
