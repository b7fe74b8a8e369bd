import Orders
import Testing

@Suite struct EventLimitTests {
    private let events = (1...5).map { number in
        let (id, version) = (OrderID(high: 1, low: UInt64(number)), Int32(1))
        return StagedEvent(
            orderID: id,
            version: version,
            id: EventID(orderID: id, version: version),
            type: EventType.created.rawValue,
            payload: Array(repeating: 0, count: 100),
            traceparent: nil,
            isBehindOlder: false
        )
    }

    @Test(arguments: [(10, Int.max, 5), (2, .max, 2), (10, 200, 2), (10, 201, 3), (10, 1, 1)])
    func eventsAreCountedAndWeighed(count: Int, bytes: Int, expected: Int) {
        let limit = EventLimit(count: count, bytes: bytes)
        #expect(Array(limit.prefix(of: events)) == Array(events.prefix(expected)))
    }

    @Test func oneEventAlwaysFits() {
        #expect(EventLimit(count: 10, bytes: 0).prefix(of: events).count == 1)
        #expect(EventLimit(count: 10, bytes: 0).prefix(of: []).isEmpty)
    }
}
