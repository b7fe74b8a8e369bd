import AMQP
import Testing

@testable import OrderMessaging

@Suite struct LossNoteTests {
    private let words = "ACCESS_REFUSED - access to exchange 'orders.redirect' in vhost '/' refused for user 'console'"

    private func note(_ events: ConnectionEvent...) -> LossNote {
        let note = LossNote()
        for event in events { note.hear(event) }
        return note
    }

    @Test func exchangeThatEndedTheChannelTookNothing() {
        let note = note(.lost(AMQPError(.accessRefused, words)))
        #expect(note.refusal(of: "orders.redirect") == words)
        #expect(note.refusal(of: "orders.commands") == nil, "what else was under way may have arrived")
        #expect(note.refusal(of: "orders") == nil)
    }

    @Test func otherLossesSayNothingOfTheMessage() {
        #expect(note().refusal(of: "orders.redirect") == nil)
        #expect(note(.lost(AMQPError(.connectionClosed, words))).refusal(of: "orders.redirect") == nil)
        #expect(note(.lost(AMQPError(.notFound, words)), .unblocked).refusal(of: "orders.redirect") != nil)
    }
}
