internal import COpenSSL

/// SHA-256 of a token, by which it is remembered without being kept.
struct TokenDigest: Sendable, Hashable {
    private let words: (UInt64, UInt64, UInt64, UInt64)

    init(of token: ArraySlice<UInt8>) {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        token.withUnsafeBytes { bytes in
            withUnsafeMutableBytes(of: &words) { output in
                _ = SHA256(
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    bytes.count,
                    output.baseAddress?.assumingMemoryBound(to: UInt8.self)
                )
            }
        }
        self.words = words
    }

    static func == (first: TokenDigest, second: TokenDigest) -> Bool { first.words == second.words }

    // One word will do: all are as good as random.
    func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}
