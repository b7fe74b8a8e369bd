import Testing

@testable import OrderMessaging

@Suite struct ReplyTableTests {
    private let start = ContinuousClock.now
    private var table = ReplyTable<String>(limit: 2)

    private mutating func open(_ id: UInt64, waiting wait: Duration = .seconds(2)) -> Bool {
        table.open(id, "caller \(id)", until: start + .seconds(5), waiting: wait)
    }

    private mutating func expired(after time: Duration) -> [String] {
        var told: [String] = []
        table.expire(at: start + time) { told.append("\($0), \($1 ? "confirmed" : "unconfirmed")") }
        return told
    }

    @Test mutating func replyIsGivenOnceAndALateOneToNobody() {
        let isOpen = open(1)
        let waiters = [table.close(1), table.close(1), table.close(99)]
        #expect(isOpen)
        #expect(waiters == ["caller 1", nil, nil])
    }

    @Test mutating func replyMayComeBeforeTheConfirm() {
        _ = open(1)
        let replied = table.close(1)
        let confirmed = table.confirm(1, at: start)
        #expect(replied == "caller 1")
        #expect(confirmed == nil)
    }

    @Test mutating func waitForTheReplyBeginsWithTheConfirm() {
        _ = open(1)
        let confirmed = table.confirm(1, at: start + .seconds(4))
        #expect(confirmed == nil)
        let early = expired(after: .milliseconds(5900))
        let late = expired(after: .seconds(6))
        #expect(early.isEmpty)
        #expect(late == ["caller 1, confirmed"])
    }

    @Test mutating func confirmIsAllForWhomAsksForNoReply() {
        _ = open(1, waiting: .zero)
        let confirmed = table.confirm(1, at: start)
        #expect(confirmed == "caller 1")
        #expect(table.count == 0)
    }

    @Test mutating func confirmThatDoesNotComeIsNotWaitedForLonger() {
        _ = open(1)
        let told = expired(after: .seconds(5))
        #expect(told == ["caller 1, unconfirmed"])
    }

    @Test mutating func lostQueueOfRepliesEndsWhatIsConfirmedAlone() {
        _ = open(1)
        _ = open(2)
        _ = table.confirm(2, at: start)
        var told: [String] = []
        table.abandonConfirmed { told.append($0) }
        #expect(told == ["caller 2"])
        #expect(table.count == 1)
    }

    @Test mutating func tableIsBounded() {
        let places = [open(1), open(2), open(3)]
        #expect(places == [true, true, false])
    }
}
