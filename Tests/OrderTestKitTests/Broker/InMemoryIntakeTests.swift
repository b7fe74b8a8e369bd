import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct InMemoryIntakeTests {
    private let queue = InMemoryQueue()

    private func ids(_ commands: [IncomingCommand]) -> [String] {
        commands.map(\.context.requestID)
    }

    private func publish(_ ids: String...) {
        queue.publish(ids.map { ($0, Sample.create($0)) })
    }

    @Test func prefetchBoundsWhatIsDelivered() async throws {
        let intake = InMemoryIntake(queue, prefetch: 2)
        publish("a", "b", "c")
        try await intake.open()
        let first = try await intake.receive(atMost: 10)
        #expect(ids(first) == ["a", "b"])
        async let next = intake.receive(atMost: 10)
        try await intake.settle(through: try #require(first.first).mark, isUrgent: false)
        #expect(ids(try await next) == ["c"])
        #expect(queue.record.settled == ["a"])
    }

    @Test func closingBringsWhatIsUnsettledAgainInOrder() async throws {
        let intake = InMemoryIntake(queue)
        publish("a", "b", "c")
        try await intake.open()
        let first = try await intake.receive(atMost: 2)
        await intake.close()
        try await intake.open()
        #expect(ids(try await intake.receive(atMost: 10)) == ["a", "b", "c"])
        try await intake.settle(through: try #require(first.last).mark, isUrgent: false)
        #expect(queue.record.settled.isEmpty, "a mark of an earlier connection is ignored")
        #expect(queue.record.violations.isEmpty)
    }

    @Test func settlingTwiceIsAViolation() async throws {
        let intake = InMemoryIntake(queue)
        publish("a")
        try await intake.open()
        let mark = try #require(try await intake.receive(atMost: 1).first).mark
        try await intake.settle(through: mark, isUrgent: false)
        try await intake.settle(through: mark, isUrgent: false)
        #expect(queue.record.violations.count == 1)
    }

    @Test func stoppingEndsTheReceivingAndLetsSettle() async throws {
        let intake = InMemoryIntake(queue)
        publish("a")
        try await intake.open()
        let mark = try #require(try await intake.receive(atMost: 1).first).mark
        async let rest = intake.receive(atMost: 1)
        await intake.stopReceiving()
        #expect(try await rest.isEmpty)
        try await intake.settle(through: mark, isUrgent: false)
        #expect(queue.record.settled == ["a"])
    }

    @Test func lossEndsTheReceiving() async throws {
        let intake = InMemoryIntake(queue)
        try await intake.open()
        let next = Task { try await intake.receive(atMost: 1) }
        await queue.waitUntilQuiet()
        intake.loseConnection("reset")
        await #expect(throws: IntakeError("reset")) { try await next.value }
    }
}
