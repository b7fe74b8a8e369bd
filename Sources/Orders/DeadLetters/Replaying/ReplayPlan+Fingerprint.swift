internal import Crypto

extension ReplayPlan {
    /// Tells orders with different content apart that have the same id; 32 bytes.
    ///
    /// Of who ordered and when it says nothing: a second click comes later.
    package var fingerprint: [UInt8] {
        var hash = SHA256()
        let steps = ladder.sizes.map(String.init).joined(separator: ",")
        let rest = [steps, reason, "\(rate)", "\(stopRule.share)", destination.part]
        for part in ["orderbus.replay-order"] + selection.parts + rest { hash.update(part: Array(part.utf8)) }
        return Array(hash.finalize())
    }
}

extension LetterSelection {
    fileprivate var parts: [String] {
        switch self {
        case .letters(let ids): ["letters", "\(Set(ids).count)"] + Set(ids).map(\.description).sorted()
        case .matching(let filter): ["filter", "\(filter.words.count)"] + filter.words.flatMap { [$0.name, $0.value] }
        case .failed(let job): ["failed", job.description]
        }
    }
}

extension ReplayDestination {
    fileprivate var part: String {
        switch self {
        case .origin: "origin"
        case .queue(let name): "queue \(name)"
        }
    }
}
