import Orders
import Testing

@testable import OrderMessaging

@Suite struct AMQPCommandCheckerTests {
    private let good = """
        {"idempotencyKey":"key-1234567890","customerId":"c","items":[{"sku":"A","quantity":1}],\
        "totalAmount":{"currency":"USD","value":"1.00"}}
        """

    private func check(_ body: String, command: String = "order.create.v1") -> Refusal? {
        AMQPCommandChecker().check(LetterMessage(body: Array(body.utf8)), command: command, caller: nil)
    }

    @Test func whatAWorkerTakesIsGood() {
        #expect(check(good) == nil)
    }

    @Test func whatAWorkerRefusesIsRefusedWithTheWorkersWords() {
        #expect(check("{}")?.code == .idempotencyKeyRequired)
        #expect(check("no JSON")?.code == .malformedMessage)
        #expect(check(good, command: "order.destroy.v1")?.code == .unsupportedCommand)
        let missing = LetterMessage(body: [], bodyByteCount: 5_000_000)
        let refusal = AMQPCommandChecker().check(missing, command: "order.create.v1", caller: nil)
        #expect(refusal?.code == .payloadTooLarge)
    }
}
