import FoundationEssentials
import JSON
import Orders
import Synchronization
import Testing
import orderbus

@Suite struct LetterDrainTests {
    /// A queue in memory that notes the order of what happens.
    private final class Queue: DeadLetterSource {
        struct State {
            var waiting: [LetterDelivery]
            var settled: UInt64 = 0
            var isStopped = false
        }
        let state: Mutex<State>

        init(_ count: Int) {
            let letters = (0..<count).map { number in
                let message = LetterMessage(body: [0x00, 0xFF, UInt8(truncatingIfNeeded: number)])
                let origin = LetterOrigin(exchange: "orders.commands", routingKey: "k", userID: nil)
                let failure = LetterFailure(
                    reason: .refused,
                    code: "X",
                    message: "no",
                    firstFailedAt: Timestamp(milliseconds: 1000),
                    lastFailedAt: Timestamp(milliseconds: 1000)
                )
                let letter = ArrivedLetter(
                    id: LetterID(origin: origin, message: message, firstFailedAt: failure.firstFailedAt),
                    message: message,
                    command: "order.create.v1",
                    failure: failure,
                    origin: origin,
                    caller: nil,
                    topic: LetterTopic()
                )
                return LetterDelivery(mark: DeliveryMark(epoch: 1, tag: UInt64(number + 1)), letter: letter)
            }
            state = Mutex(State(waiting: letters))
        }

        func open() async throws(IntakeError) {}
        func receive(atMost limit: Int) async throws(IntakeError) -> [LetterDelivery] {
            while true {
                let (some, isStopped) = state.withLock { state in
                    let some = state.isStopped ? [] : Array(state.waiting.prefix(min(limit, 3)))
                    state.waiting.removeFirst(some.count)
                    return (some, state.isStopped)
                }
                if isStopped || !some.isEmpty { return some }
                await Task.yield()
            }
        }
        func settle(through mark: DeliveryMark) async throws(IntakeError) {
            state.withLock { $0.settled = mark.tag }
        }
        func settle(_ marks: [DeliveryMark]) async throws(IntakeError) {}
        func handBack(_ marks: [DeliveryMark]) async throws(IntakeError) {}
        func stopReceiving() async { state.withLock { $0.isStopped = true } }
        func close() async {}
    }

    private struct DiskFull: Error {}

    @Test func everyLetterIsWrittenBeforeItIsAcknowledged() async throws {
        let queue = Queue(8)
        var lines: [UInt8] = []
        var written = 0
        let (count, failure) = try await LetterDrain(from: queue, patience: .milliseconds(200)).run { some, more in
            #expect(queue.state.withLock { $0.settled } == UInt64(written))
            lines += some
            written += more
        }
        #expect(count == 8 && failure == nil && queue.state.withLock { $0.settled } == 8)
        let bodies = try lines.split(separator: UInt8(ascii: "\n")).map { line in
            try JSONDocument(parsing: Array(line)).root.member("body")?.asString
        }
        #expect(bodies == (0..<8).map { Data([0x00, 0xFF, $0]).base64EncodedString() })
    }

    @Test func aLimitLeavesTheRest() async throws {
        let queue = Queue(8)
        let (count, _) = try await LetterDrain(from: queue, patience: .seconds(30), limit: 4).run { _, _ in }
        #expect(count == 4 && queue.state.withLock { $0.settled } == 4)
    }

    @Test func whatCannotBeWrittenIsNotAcknowledged() async {
        let queue = Queue(8)
        await #expect(throws: DiskFull.self) {
            _ = try await LetterDrain(from: queue, patience: .seconds(30)).run { _, _ in throw DiskFull() }
        }
        #expect(queue.state.withLock { $0.settled } == 0)
    }
}
