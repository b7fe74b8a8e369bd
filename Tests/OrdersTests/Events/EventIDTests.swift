import Orders
import Testing

@Suite struct EventIDTests {
    private let orderID = OrderID(high: 1, low: 2)

    @Test func sameOrderAndVersionGiveTheSameID() {
        #expect(EventID(orderID: orderID, version: 1) == EventID(orderID: orderID, version: 1))
        #expect(EventID(orderID: orderID, version: 1) != EventID(orderID: orderID, version: 2))
        #expect(EventID(orderID: orderID, version: 1) != EventID(orderID: OrderID(high: 1, low: 3), version: 1))
    }

    @Test func isAUUIDOfVersionEight() {
        let text = EventID(orderID: orderID, version: 1).description
        #expect(text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }
}
