/// Tokens found good before, by digest, so that a client's next thousand messages cost one hash each.
///
/// Two generations: what is asked for moves to the young one; when that is full it becomes the old one, and the old one
/// is forgotten. So it is bounded, and what is in use stays.
struct VerifiedTokenCache {
    private struct Entry {
        let principal: Principal
        /// Seconds since 1970, leeway included.
        let goodUntil: Int64
    }

    private let generationSize: Int
    private var young: [TokenDigest: Entry] = [:]
    private var old: [TokenDigest: Entry] = [:]

    /// - Parameter capacity: how many tokens are kept at most, at least 2.
    init(capacity: Int) { generationSize = max(capacity / 2, 1) }

    var count: Int { young.count + old.count }

    mutating func principal(for digest: TokenDigest, now: Int64) -> Principal? {
        if let entry = young[digest] {
            if now < entry.goodUntil { return entry.principal }
            young[digest] = nil
        } else if let entry = old.removeValue(forKey: digest), now < entry.goodUntil {
            keep(entry, for: digest)
            return entry.principal
        }
        return nil
    }

    mutating func insert(_ principal: Principal, for digest: TokenDigest, goodUntil: Int64) {
        old[digest] = nil
        keep(Entry(principal: principal, goodUntil: goodUntil), for: digest)
    }

    mutating func removeAll() {
        young = [:]
        old = [:]
    }

    private mutating func keep(_ entry: Entry, for digest: TokenDigest) {
        if young.count >= generationSize, young[digest] == nil {
            old = young
            young = [:]
        }
        young[digest] = entry
    }
}
