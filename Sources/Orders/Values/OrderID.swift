internal import Crypto

/// The identity of an order: the first 128 bits of a SHA-256 over who asked and under which key.
///
/// Derived and not drawn, so that a producer knows it before the order is stored, and one unique index serves
/// identity and idempotency alike.
package struct OrderID: Sendable, Hashable {
    package let high: UInt64
    package let low: UInt64

    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Derives the id: SHA-256 over tenant, client id and key, each as 4-byte big-endian length and UTF-8 bytes.
    package init(tenant: String, clientID: String, key: IdempotencyKey) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12 + tenant.utf8.count + clientID.utf8.count + key.text.utf8.count)
        for part in [tenant, clientID, key.text] {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: part.utf8.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: part.utf8)
        }
        self.init(prefixOf: SHA256.hash(data: bytes))
    }

    private init(prefixOf digest: SHA256.Digest) {
        (high, low) = digest.withUnsafeBytes { digest in
            (
                UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
                UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
    }

    /// The 16 bytes, most significant first.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        withUnsafeBytes(of: high.bigEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: low.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }
}

extension OrderID: Comparable {
    package static func < (left: OrderID, right: OrderID) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }
}

extension OrderID: CustomStringConvertible {
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
    private static let prefix = Array("ord_".utf8)
    private static let digitCount = 26

    /// `ord_` and 26 lower-case Crockford base32 digits, most significant first.
    package var description: String {
        String(unsafeUninitializedCapacity: Self.prefix.count + Self.digitCount) { text in
            _ = text.update(fromContentsOf: Self.prefix)
            var rest = UInt128(high) << 64 | UInt128(low)
            for position in stride(from: Self.prefix.count + Self.digitCount - 1, through: Self.prefix.count, by: -1) {
                text[position] = Self.digits[Int(truncatingIfNeeded: rest & 31)]
                rest >>= 5
            }
            return Self.prefix.count + Self.digitCount
        }
    }

    /// Reads the written form; `nil` for anything that ``description`` would not write.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.prefix.count + Self.digitCount, bytes.starts(with: Self.prefix) else { return nil }
        var value: UInt128 = 0
        for (position, byte) in bytes.dropFirst(Self.prefix.count).enumerated() {
            guard let digit = Self.digits.firstIndex(of: byte) else { return nil }
            // 26 digits hold 130 bits: the first may use only three of its five.
            if position == 0 && digit > 7 { return nil }
            value = value << 5 | UInt128(digit)
        }
        self.init(high: UInt64(truncatingIfNeeded: value >> 64), low: UInt64(truncatingIfNeeded: value))
    }
}
