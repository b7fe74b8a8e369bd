import Orders
import Testing

@Suite struct CancelOrderTests {
    private let id = OrderID(high: 7, low: 9)

    private func code(_ status: OrderStatus, _ version: Int32, expecting expected: Int32?) -> ErrorCode? {
        CancelOrder(orderID: id, reason: nil, expectedVersion: expected).refusal(status: status, version: version)?.code
    }

    @Test func openOrderIsCancelledInTheExpectedVersionAlone() {
        for status in [OrderStatus.pending, .confirmed] {
            #expect(code(status, 3, expecting: nil) == nil)
            #expect(code(status, 3, expecting: 3) == nil)
            #expect(code(status, 3, expecting: 2) == .preconditionFailed)
        }
    }

    @Test func repetitionMeetsItsOwnResult() {
        #expect(code(.cancelled, 2, expecting: nil) == nil)
        #expect(code(.cancelled, 2, expecting: 1) == nil)
        #expect(code(.cancelled, 2, expecting: 2) == nil, "a true precondition holds nobody up")
        #expect(code(.cancelled, 2, expecting: 3) == .preconditionFailed)
        #expect(code(.cancelled, 3, expecting: 1) == .preconditionFailed)
        #expect(code(.cancelled, .min, expecting: .max) == nil)
    }

    @Test func orderThatIsOverIsNotCancelled() {
        #expect(code(.fulfilled, 3, expecting: nil) == .orderStateConflict)
        #expect(code(.fulfilled, 3, expecting: 3) == .orderStateConflict)
        #expect(code(.fulfilled, 3, expecting: 2) == .preconditionFailed)
    }
}
