import Orders
import Testing

@testable import OrderMessaging

@Suite struct ReplyBodyTests {
    private let id = OrderID(high: 0x5202_75c3_e4d0_0f07, low: 0x1c80_5d95_d2a8_e1f4)
    private let createdAt = Timestamp(milliseconds: 1_766_785_510_123)

    private func text(_ outcome: CommandOutcome) -> String {
        String(decoding: ReplyBody.write(outcome, requestID: "request-0001"), as: UTF8.self)
    }

    @Test func creationAndItsReplayAreAnsweredAlike() {
        let order = CreatedOrder(id: id, createdAt: createdAt)
        let first = text(.created(order, isReplay: false))
        #expect(first == text(.created(order, isReplay: true)))
        #expect(
            first
                == #"{"orderId":"\#(id)","status":"PENDING","createdAt":"2025-12-26T21:45:10.123Z","#
                + #""links":{"self":"/v1/orders/\#(id)"}}"#
        )
    }

    @Test func errorNamesCodeDetailsAndRequest() {
        let refusal = Refusal(
            .validationFailed,
            "It \"breaks\" rules",
            details: [Violation(field: "items[0].sku", message: "is required")]
        )
        #expect(
            text(.refused(refusal))
                == #"{"error":{"code":"ORDER_VALIDATION_FAILED","message":"It \"breaks\" rules","#
                + #""details":[{"field":"items[0].sku","message":"is required"}],"correlationId":"request-0001"}}"#
        )
    }

    @Test func pageEndsWithTheCursorOfTheNext() {
        let next = ListPosition(createdAt: createdAt, orderID: id)
        #expect(text(.listed([], next: nil)) == #"{"orders":[]}"#)
        #expect(text(.listed([], next: next)) == #"{"orders":[],"nextCursor":"\#(next)"}"#)
    }
}
