import Orders
import Testing
import orderbus

@Suite struct CommandSenderTests {
    private func send(_ bus: ScriptedBus, timeout: Duration = .seconds(30), wantsReply: Bool = true) async
        -> SendOutcome
    {
        await CommandSender(bus: bus, token: SenderToken(given: "a.b.c"), timeout: timeout)
            .send(.create, body: Array("{}".utf8), wantsReply: wantsReply)
    }

    @Test func aLostReplyIsAskedForAgainWithTheSameCommand() async {
        let bus = ScriptedBus([
            .taken, .unknown(reason: "lost"), .notTaken(reason: "away"), .reply(201, isReplay: true),
        ])
        #expect(await send(bus).isDone)
        #expect(bus.sent.count == 4)
        #expect(Set(bus.sent).count == 1)
        #expect(bus.sent.first?.authorization == "Bearer a.b.c")
    }

    @Test func aRefusalIsFinal() async {
        let bus = ScriptedBus([.reply(400)])
        #expect(await !send(bus).isDone)
        #expect(bus.sent.count == 1)
    }

    @Test(arguments: [503, 429])
    func whatTheDeploymentCannotDoNowIsTriedAgain(_ status: Int) async {
        let bus = ScriptedBus([.reply(status), .reply(201)])
        #expect(await send(bus).isDone)
    }

    @Test func withoutAReplyTheBrokersConfirmIsEnough() async {
        let bus = ScriptedBus([.notTaken(reason: "full"), .taken])
        #expect(await send(bus, wantsReply: false) == .accepted)
    }

    @Test func whenTheTimeIsUpWhatMayHaveArrivedCountsMost() async {
        let bus = ScriptedBus([.unknown(reason: "lost"), .notTaken(reason: "full")])
        #expect(await send(bus, timeout: .milliseconds(200)) == .unknown(reason: "lost"))
        let taken = ScriptedBus([.taken, .unknown(reason: "lost")])
        #expect(await send(taken, timeout: .milliseconds(200)) == .unanswered)
    }

    @Test func aBusThatIsAwaySaysWhy() async {
        let bus = ScriptedBus([], isUp: false, trouble: "connection refused")
        #expect(await send(bus, timeout: .milliseconds(50)) == .notSent(reason: "connection refused"))
        #expect(bus.sent.isEmpty)
    }

    @Test func theOrdersIDIsKnownFromTheTokenAndTheKey() throws {
        // {"client_id":"loadgen","tenant":"acme"}
        let token = SenderToken(given: "e30.eyJjbGllbnRfaWQiOiJsb2FkZ2VuIiwidGVuYW50IjoiYWNtZSJ9.AA")
        let id = token.orderID(forKey: "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9", tenantClaim: "tenant")
        #expect(id == "ord_546vf04tk1w38tdmn7erqn46zv")
        #expect(SenderToken(given: "opaque").orderID(forKey: "9d0c2c1b-27e7", tenantClaim: "tenant") == nil)
    }
}
