import AMQP
import Orders
import Testing

@testable import OrderMessaging

@Suite struct ReplyMessageTests {
    private func reply(to address: String?, command: String = "order.create.v1") -> Reply {
        let context = CommandContext(
            command: command,
            requestID: "request-0001",
            replyTo: address.map { Array($0.utf8) },
            correlationID: [0, 255],
            traceparent: nil,
            tracestate: nil,
            sentAt: nil
        )
        return Reply(.refused(.orderNotFound), to: context)
    }

    @Test func correlationIDGoesBackUntouched() {
        let message = ReplyMessage.make(reply(to: "replies"))
        #expect(message?.properties.correlationID.map { Array($0.bytes) } == [0, 255])
        #expect(message?.properties.type?.string == "order.create.v1.reply")
        #expect(message?.properties.headers["status"]?.integer == 404)
        #expect(message?.exchange.isEmpty == true)
    }

    @Test func onlyARefusalNamesTheRelease() {
        let name: StaticString = "failure-release"
        let refusal = ReplyMessage.make(reply(to: "replies"), release: "1.4.2")
        #expect(refusal?.properties.headers[name]?.text == "1.4.2")
        #expect(ReplyMessage.make(reply(to: "replies"))?.properties.headers[name] == nil)
        let context = reply(to: "replies").context
        let success = ReplyMessage.make(Reply(.listed([], next: nil), to: context), release: "1.4.2")
        #expect(success != nil && success?.properties.headers[name] == nil)
    }

    @Test func nobodyAskedMeansNoMessage() {
        #expect(ReplyMessage.make(reply(to: nil)) == nil)
    }

    /// Symptom: a refusal to a direct reply-to was answered and made a dead letter as well.
    @Test func onlyAQueueCanBeMissing() {
        #expect(ReplyMessage.make(reply(to: "replies"))?.isMandatory == true)
        #expect(ReplyMessage.make(reply(to: "amq.rabbitmq.reply-to.g1h2AA.key=="))?.isMandatory == false)
    }

    @Test(arguments: ["", "forged", ".", "a.", ".b", "a.b.c", "...."])
    func whatIsNoDirectAddressIsReturned(suffix: String) {
        let message = ReplyMessage.make(reply(to: "amq.rabbitmq.reply-to." + suffix))
        #expect(message?.routingKey.isEmpty == true)
        #expect(message?.isMandatory == true)
    }

    @Test(arguments: ["orders.commands", "orders.queries", "orders.dead", "orders.retry.5s", "orders.retry.5m"])
    func queuesOfOrderbusTakeNoReplies(name: String) {
        let message = ReplyMessage.make(reply(to: name))
        #expect(message?.routingKey.isEmpty == true)
        #expect(message?.isMandatory == true)
        #expect(ReplyMessage.make(reply(to: name + ".mine"))?.routingKey.string == name + ".mine")
    }

    @Test func nameWithoutRoomForTheSuffixGoesBackAsItCame() {
        let name = String(repeating: "x", count: 255)
        #expect(ReplyMessage.make(reply(to: "replies", command: name))?.properties.type?.string == name)
    }
}
