internal import Crypto

/// Tells one command from another that comes back, without a look into it.
package struct SuspectID: Hashable, Sendable {
    /// 32 bytes.
    package let bytes: [UInt8]

    /// Derives the id from everything of a message that stays the same from one delivery to the next.
    ///
    /// Two messages that agree in all of it would end a worker alike.
    package init(parts: [[UInt8]]) {
        var hash = SHA256()
        for part in parts { hash.update(part: part) }
        bytes = Array(hash.finalize())
    }
}
