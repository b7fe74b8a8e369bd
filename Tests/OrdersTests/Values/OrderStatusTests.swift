import Orders
import Testing

@Suite struct OrderStatusTests {
    @Test func transitionsAreTheContracts() {
        let allowed: Set<[OrderStatus]> = [
            [.pending, .confirmed], [.confirmed, .fulfilled], [.pending, .cancelled], [.confirmed, .cancelled],
        ]
        for from in OrderStatus.allCases {
            for to in OrderStatus.allCases {
                #expect(from.canBecome(to) == allowed.contains([from, to]), "\(from) to \(to)")
            }
        }
    }
}
