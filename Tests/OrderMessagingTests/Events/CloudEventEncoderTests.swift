import OrderMessaging
import Orders
import Testing

@Suite struct CloudEventEncoderTests {
    private func event(_ kind: OrderEvent.Kind, traceparent: String? = nil) -> String {
        let event = OrderEvent(
            orderID: OrderID(high: 1, low: 2),
            version: 2,
            tenant: "acme",
            time: Timestamp(milliseconds: 0),
            traceparent: traceparent,
            kind: kind
        )
        return String(decoding: CloudEventEncoder().encode(event), as: UTF8.self)
    }

    @Test func cancellationIsACloudEvent() {
        let id = OrderID(high: 1, low: 2)
        let eventID = EventID(orderID: id, version: 2)
        #expect(
            event(.cancelled(reason: "a \"reason\""))
                == #"{"specversion":"1.0","id":"\#(eventID)","source":"/orderbus","type":"order.cancelled.v1","#
                + #""subject":"\#(id)","time":"1970-01-01T00:00:00.000Z","datacontenttype":"application/json","#
                + #""tenant":"acme","data":{"orderId":"\#(id)","version":2,"status":"CANCELLED","#
                + #""cancelledAt":"1970-01-01T00:00:00.000Z","reason":"a \"reason\""}}"#
        )
    }

    @Test func traceGoesAlong() {
        #expect(event(.cancelled(reason: nil), traceparent: "00-ab-cd-01").contains(#""traceparent":"00-ab-cd-01","#))
    }
}
