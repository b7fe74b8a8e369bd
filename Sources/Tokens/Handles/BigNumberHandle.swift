internal import COpenSSL

/// A `BIGNUM` of libcrypto, freed with its owner.
struct BigNumberHandle: ~Copyable {
    let raw: OpaquePointer

    /// Reads a big-endian integer; nil when there is no memory.
    init?(bigEndian bytes: [UInt8]) {
        guard let raw = BN_bin2bn(bytes, Int32(truncatingIfNeeded: bytes.count), nil) else { return nil }
        self.raw = raw
    }

    /// Takes over a number that libcrypto made.
    init(owning raw: OpaquePointer) { self.raw = raw }

    deinit { BN_free(raw) }

    /// How many bits the number has, leading zeros not counted.
    var bitCount: Int { Int(BN_num_bits(raw)) }

    var isOdd: Bool { BN_is_odd(raw) == 1 }

    /// The number in big-endian bytes, as few as it takes.
    var bigEndian: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: (bitCount + 7) / 8) { buffer, count in
            count = Int(BN_bn2bin(raw, buffer.baseAddress))
        }
    }
}
