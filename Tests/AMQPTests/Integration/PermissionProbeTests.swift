import AMQP
import Testing

@Suite(
    .enabled(if: TestBroker.isEnabled, "AMQP_TEST_URL is not set"),
    .timeLimit(.minutes(1))
)
struct PermissionProbeTests {
    @Test func askingWhatIsAllowedChangesNothing() async throws {
        try await TestBroker.withQueue(arguments: ["x-queue-type": .text("quorum")]) { queue, administrator in
            #expect(try await administrator.mayConsume(from: queue))
            try await administrator.connect()
            #expect(try await administrator.mayPublish(to: .empty))
            try await administrator.connect()
            #expect(try await administrator.mayPublish(to: "amq.topic"))
            try await administrator.connect()
            let state = try await administrator.state(of: queue)
            #expect(state.messageCount == 0 && state.consumerCount == 0)
        }
    }

    @Test func whatDoesNotExistIsNeitherAllowedNorNot() async throws {
        let administrator = Administrator(settings: try TestBroker.settings())
        for isQueue in [true, false] {
            try await administrator.connect()
            let error = await #expect(throws: AMQPError.self) {
                if isQueue {
                    _ = try await administrator.mayConsume(from: TestBroker.uniqueName())
                } else {
                    _ = try await administrator.mayPublish(to: TestBroker.uniqueName())
                }
            }
            #expect(error?.code == .notFound)
        }
    }
}
