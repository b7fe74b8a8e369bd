/// An act in its place in the chain.
package struct AuditRecord: Sendable, Hashable {
    /// 1 for the first that was ever written; without gaps.
    package let sequence: Int64
    package let entry: AuditEntry
    /// Over the record before, this sequence and this entry.
    ///
    /// 32 bytes.
    package let hash: [UInt8]

    package init(sequence: Int64, entry: AuditEntry, hash: [UInt8]) {
        self.sequence = sequence
        self.entry = entry
        self.hash = hash
    }
}
