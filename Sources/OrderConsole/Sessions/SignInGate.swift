internal import OrderHTTP
internal import Synchronization

/// Bounds the sign-ins under way, in all and of one address: anybody can begin one.
final class SignInGate: Sendable {
    private struct Inside {
        var counts: [IPAddress: Int] = [:]
        var total = 0
        var turnedAway = 0
    }

    static let limit = 64
    static let addressLimit = 8

    private let inside = Mutex(Inside())

    /// - Returns: false if there are too many; ``leave(_:)`` must follow only on true.
    func enter(_ address: IPAddress) -> Bool {
        inside.withLock { inside in
            let count = inside.counts[address.subscriber, default: 0]
            guard inside.total < Self.limit, count < Self.addressLimit else {
                inside.turnedAway += 1
                return false
            }
            inside.counts[address.subscriber] = count + 1
            inside.total += 1
            return true
        }
    }

    func leave(_ address: IPAddress) {
        inside.withLock { inside in
            let count = inside.counts[address.subscriber, default: 1] - 1
            inside.counts[address.subscriber] = count > 0 ? count : nil
            inside.total -= 1
        }
    }

    var count: Int { inside.withLock(\.total) }
    var shedCount: Int { inside.withLock(\.turnedAway) }
}
