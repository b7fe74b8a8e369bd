import Orders
import Testing

@Suite struct LetterIDTests {
    private let origin = LetterOrigin(exchange: "orders.commands", routingKey: "order.create.v1", userID: "producer")
    private let time = Timestamp(milliseconds: 1_766_785_510_123)

    private func message(_ id: String?, body: String = "{}") -> LetterMessage {
        var properties = LetterProperties()
        properties.messageID = id.map { Array($0.utf8) }
        return LetterMessage(body: Array(body.utf8), properties: properties)
    }

    @Test func aMessageThatComesTwiceHasOneID() {
        let later = Timestamp(milliseconds: time.milliseconds + 1)
        let first = LetterID(origin: origin, message: message("m-1"), firstFailedAt: time)
        var again = message("m-1")
        again.headers = [LetterHeader("x-delivery-count", .int64(1))]
        #expect(LetterID(origin: origin, message: again, firstFailedAt: later) == first)
    }

    @Test func otherMessagesHaveOtherIDs() {
        let later = Timestamp(milliseconds: time.milliseconds + 1)
        let ids: Set = [
            LetterID(origin: origin, message: message("m-1"), firstFailedAt: time),
            LetterID(origin: origin, message: message("m-2"), firstFailedAt: time),
            LetterID(origin: origin, message: message("m-1", body: "[]"), firstFailedAt: time),
            LetterID(origin: origin, message: message(nil), firstFailedAt: time),
            LetterID(origin: origin, message: message(nil), firstFailedAt: later),
        ]
        #expect(ids.count == 5)
    }

    @Test(arguments: [0, 1, .max, UInt128(1) << 127])
    func theWrittenFormIsReadBack(bits: UInt128) {
        let id = LetterID(bits: bits)
        #expect(id.description.count == 29)
        #expect(LetterID(id.description) == id)
        #expect(GroupID(id.description) == nil)
        #expect(ReplayJobID(ReplayJobID(bits: bits).description) == ReplayJobID(bits: bits))
    }

    @Test(arguments: ["", "dl_", "dl_zzzzzzzzzzzzzzzzzzzzzzzzzz", "dl_0000000000000000000000000", "dl_ilou"])
    func whatIsNoReferenceIsRefused(text: String) {
        #expect(LetterID(text) == nil)
    }

    @Test func aCursorIsReadBack() {
        let position = LetterPosition(arrivedAt: time, id: LetterID(bits: 7))
        #expect(LetterPosition(position.description) == position)
        #expect(LetterPosition("zzzzzzzzzzzzz-\(LetterID(bits: 7))") == nil)
    }
}
