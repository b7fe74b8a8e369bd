import Testing

@testable import AMQP

@Suite struct PublishBatchTests {
    /// What a batch told of its messages, in order.
    private final class Told {
        var outcomes: [String] = []
    }

    private func batch(of count: Int, _ told: Told) -> PublishBatch {
        PublishBatch(
            id: 1,
            messages: (0..<count).map { _ in OutgoingMessage(routingKey: "test", body: []) },
            deadline: .now,
            listener: .each { told.outcomes.append("\($0) \($1)") }
        )
    }

    @Test func eachOutcomeIsToldOnceAndTheFirstOneStands() {
        let told = Told()
        let batch = batch(of: 2, told)
        batch.settle(1, .nacked)
        batch.settle(1, .confirmed)
        #expect(!batch.isSettled)
        batch.settle(0, .confirmed)
        #expect(batch.isSettled)
        #expect(told.outcomes == ["1 nacked", "0 confirmed"])
    }

    @Test func givenUpIsUnknownWhereItIsWrittenAndElseUnsent() {
        let told = Told()
        let batch = batch(of: 3, told)
        batch.next = 2
        batch.settle(0, .confirmed)
        batch.giveUp()
        batch.giveUp()
        #expect(told.outcomes == ["0 confirmed", "1 unknown", "2 unsent"])
    }
}
