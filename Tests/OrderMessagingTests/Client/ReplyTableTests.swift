import Orders
import Testing

@testable import OrderMessaging

@Suite struct ReplyTableTests {
    private let reply = BusReply(status: 201, isReplay: false, body: [])

    @Test func replyBeforeTheWaitIsKept() throws {
        var table = ReplyTable(limit: 2)
        let place = table.open(until: .now + .seconds(1))
        let id = try #require(place)
        let isTaken = table.answer(id, reply)
        let (first, second) = (table.close(id), table.close(id))
        #expect(isTaken)
        #expect(first == reply)
        #expect(second == nil)
    }

    @Test func lateAndRepeatedRepliesAreTold() throws {
        var table = ReplyTable(limit: 2)
        let place = table.open(until: .now + .seconds(1))
        let id = try #require(place)
        let answers = [table.answer(id, reply), table.answer(id, reply), table.answer(99, reply)]
        _ = table.close(id)
        let late = table.answer(id, reply)
        #expect(answers == [true, false, false])
        #expect(!late)
    }

    @Test func tableIsBounded() {
        var table = ReplyTable(limit: 2)
        let places = [table.open(until: .now), table.open(until: .now), table.open(until: .now)]
        #expect(places.map { $0 != nil } == [true, true, false])
    }
}
