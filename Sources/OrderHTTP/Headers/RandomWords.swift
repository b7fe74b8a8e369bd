internal import Synchronization

/// Words for names that nobody must have used before: random for anyone who does not know this process's seed.
///
/// A system call for each word would cost more than the rest of a name.
enum RandomWords {
    private static let seed = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
    private static let count = Atomic<UInt64>(0)

    static func next() -> UInt64 {
        var hasher = Hasher()
        hasher.combine(seed.0)
        hasher.combine(seed.1)
        hasher.combine(count.wrappingAdd(1, ordering: .relaxed).newValue)
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
