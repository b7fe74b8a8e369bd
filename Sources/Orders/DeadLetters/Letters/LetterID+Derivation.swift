internal import Crypto

extension LetterID {
    /// Derives the id from what a message has in common with its own duplicates.
    ///
    /// The broker may deliver a letter twice, and a worker may bury a command twice when a confirm was lost; both
    /// agree in everything here. A message without an id of its own is told from its likes by when it first failed.
    package init(origin: LetterOrigin, message: LetterMessage, firstFailedAt: Timestamp) {
        var hash = SHA256()
        hash.update(part: Array("orderbus.dead-letter".utf8))
        hash.update(part: Array(origin.exchange.utf8))
        hash.update(part: Array(origin.routingKey.utf8))
        hash.update(part: Array((origin.userID ?? "").utf8))
        if let messageID = message.properties.messageID, !messageID.isEmpty {
            hash.update(part: messageID)
        } else {
            hash.update(part: [])
            hash.update(part: message.properties.correlationID ?? [])
            hash.update(part: Array(String(firstFailedAt.milliseconds).utf8))
        }
        hash.update(part: message.body)
        self.init(bits: hash.finalize().leadingBits)
    }
}

extension SHA256 {
    /// Hashes a part behind its length as 8 bytes, so that no two lists of parts look the same.
    mutating func update(part: [UInt8]) {
        withUnsafeBytes(of: UInt64(part.count).bigEndian) { update(bufferPointer: $0) }
        update(data: part)
    }
}

extension SHA256Digest {
    /// The first 128 bits.
    var leadingBits: UInt128 {
        prefix(16).reduce(0) { $0 << 8 | UInt128($1) }
    }
}
