internal import Crypto

/// A place in the chain: what the next record builds on.
package struct AuditLink: Sendable, Hashable {
    package let sequence: Int64
    /// 32 bytes.
    package let hash: [UInt8]

    package init(sequence: Int64, hash: [UInt8]) {
        self.sequence = sequence
        self.hash = hash
    }

    /// Before the first record.
    package static let origin = AuditLink(sequence: 0, hash: [UInt8](repeating: 0, count: 32))

    /// The record that follows with this entry: its hash is SHA-256 over this link's hash, the new sequence as 8 bytes,
    /// most significant first, and the entry's canonical bytes.
    package func next(_ entry: AuditEntry) -> AuditRecord {
        var hash = SHA256()
        hash.update(data: self.hash)
        withUnsafeBytes(of: (sequence &+ 1).bigEndian) { hash.update(bufferPointer: $0) }
        hash.update(data: entry.canonical)
        return AuditRecord(sequence: sequence &+ 1, entry: entry, hash: Array(hash.finalize()))
    }
}

extension AuditRecord {
    package var link: AuditLink { AuditLink(sequence: sequence, hash: hash) }
}
