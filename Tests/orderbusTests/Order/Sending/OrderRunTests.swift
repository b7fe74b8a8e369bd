import Orders
import Synchronization
import Testing
import orderbus

@Suite struct OrderRunTests {
    /// Gives lines one after the other.
    private final class Lines: Sendable {
        private let rest: Mutex<[OrderLine]>

        init(_ texts: [String]) {
            rest = Mutex(
                texts.enumerated().map { OrderLine(source: "in", number: $0 + 1, text: Array($1.utf8)) }.reversed()
            )
        }

        func next() -> OrderLine? { rest.withLock { $0.popLast() } }
    }

    private func run(_ bus: ScriptedBus, _ texts: [String], window: Int = 10) async throws -> [OrderResult] {
        let lines = Lines(texts)
        var results: [OrderResult] = []
        let run = OrderRun(
            bus: bus,
            token: SenderToken(given: "a.b.c"),
            window: window,
            timeout: .milliseconds(100),
            keys: .own,
            wantsReply: true
        )
        try await run.run(next: { lines.next() }, report: { results.append($0) })
        return results
    }

    private func order(_ number: Int) -> String { #"{"idempotencyKey":"order-key-\#(number)"}"# }

    @Test func everyOrderIsSentOnceAndReported() async throws {
        let bus = ScriptedBus([.reply(201)])
        let results = try await run(bus, (1...100).map(order))
        #expect(results.count == 100)
        #expect(results.allSatisfy { $0.failure == nil })
        #expect(Set(bus.sent.map(\.body)).count == 100)
        #expect(Set(results.map(\.line.number)) == Set(1...100))
    }

    @Test func noMoreAreInFlightThanTheWindowHolds() async throws {
        let bus = ScriptedBus([.reply(201)])
        _ = try await run(bus, (1...50).map(order), window: 3)
        #expect(bus.mostInFlight <= 3)
    }

    @Test func aBrokenLineIsNotSentAndSpoilsItselfAlone() async throws {
        let bus = ScriptedBus([.reply(201)])
        let results = try await run(bus, [order(1), "{", "{}", order(4)])
        #expect(bus.sent.count == 2)
        let failed = results.filter { $0.failure != nil }.map(\.line.number).sorted()
        #expect(failed == [2, 3])
    }

    @Test func aRefusalHasTheWorkersWords() async throws {
        let error =
            #"{"error":{"code":"ORDER_VALIDATION_FAILED","message":"No","details":[{"field":"items","message":"is required"}],"correlationId":"r-1"}}"#
        let bus = ScriptedBus([.reply(400, error)])
        let failure = try #require(try await run(bus, [order(1)]).first?.failure)
        #expect(failure.line == "ORDER_VALIDATION_FAILED: No (items: is required)")
        #expect(failure.requestID == "r-1")
        #expect(failure.status == 400)
    }

    @Test func onceTheBusIsAwayTheRestIsNotTriedOneTimeoutAtATime() async throws {
        let bus = ScriptedBus([], isUp: false)
        let results = try await run(bus, (1...1000).map(order), window: 2)
        #expect(results.count == 1000)
        #expect(results.allSatisfy { $0.failure?.code == "NOT_SENT" })
        #expect(results.allSatisfy { !$0.text.isEmpty })
    }
}
