import AMQP
import Glibc
import OrderMessaging
import OrderTestKit
import Orders
import Testing
import ThreadExecutor

/// What the console's own user may do at a real broker with the topology applied.
@Suite(.enabled(if: TestServers.areEnabled, TestServers.whyDisabled), .timeLimit(.minutes(5)))
struct RedirectTests {
    /// Runs a client as the console's user for as long as the body does.
    private func withSender(
        origins: Set<ShortString>? = nil,
        _ body: (AMQPReplaySender) async throws -> Void
    ) async throws {
        let url = try #require(getenv("CONSOLE_AMQP_URL"), "CONSOLE_AMQP_URL is not set")
        var settings = try ConnectionSettings(urls: String(cString: url))
        settings.connectTimeout = .seconds(30)
        let client = CommandClient(settings: settings, executor: ThreadExecutor(name: "test-redirect"))
        let running = Task { await client.run() }
        let outcome: Result<Void, any Error>
        do {
            #expect(await client.waitUntilAvailable(until: .now + .seconds(60)))
            outcome = .success(try await body(AMQPReplaySender(client, origins: origins)))
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        await running.value
        try outcome.get()
    }

    private func command(
        to destination: ReplayDestination,
        from exchange: String = "orders.commands",
        caller: Caller? = Sample.caller()
    ) async throws -> ReplayCommand {
        let (memory, sample) = (InMemoryDeadLetters(), Sample.letter("one", caller: caller))
        let letter = ArrivedLetter(
            id: sample.id,
            message: sample.message,
            command: sample.command,
            failure: sample.failure,
            origin: LetterOrigin(exchange: exchange, routingKey: "order.create.v1", userID: nil),
            caller: caller,
            topic: sample.topic
        )
        _ = try await memory.keep([letter], at: Sample.moment)
        let file = try #require(try await memory.show(letter.id, within: .all))
        return ReplayCommand(
            item: ReplayItem(entry: file.letter.entry, message: file.current, earlierSends: 0),
            job: ReplayJobID(bits: 1),
            destination: destination,
            caller: caller,
            authorization: "Bearer none"
        )
    }

    private func isNotSent(_ response: ReplayResponse, saying words: String) -> Bool {
        if case .ended(.notSent(let reason), _) = response { reason.contains(words) } else { false }
    }

    @Test func onlyQueuesThatAnAdministratorOpenedAreReached() async throws {
        try await TestServers.with { servers in
            try await servers.withQueue { queue in
                try await withSender { sender in
                    let redirect = try await command(to: .queue(queue.description), caller: nil)
                    #expect(isNotSent(await sender.send(redirect, waitingFor: .seconds(1)), saying: "orders.redirect"))
                    let administrator = Administrator(settings: servers.broker)
                    try await administrator.connect()
                    try await administrator.bind(queue, to: "orders.redirect", routingKey: queue)
                    await administrator.close()
                    #expect(await sender.send(redirect, waitingFor: .seconds(1)) == .ended(.redirected))
                    #expect(try await servers.count(queue) == 1)
                    let commands = try await command(to: .queue("orders.commands"))
                    #expect(isNotSent(await sender.send(commands, waitingFor: .seconds(1)), saying: "orders.commands"))
                }
            }
        }
    }

    @Test func exchangeThatIsRefusedIsNamedAndTheNextMessageGoesThrough() async throws {
        try await TestServers.with { servers in
            try await servers.withQueue { queue in
                try await withSender(origins: ["test.nowhere"]) { sender in
                    let lost = try await command(to: .origin, from: "test.nowhere")
                    guard case .unavailable(let reason) = await sender.send(lost, waitingFor: .seconds(1)) else {
                        Issue.record("an exchange that is not there took a message")
                        return
                    }
                    #expect(reason.contains("exchange 'test.nowhere'"))
                    await sender.waitUntilAvailable()
                    let next = try await command(to: .queue(queue.description))
                    #expect(isNotSent(await sender.send(next, waitingFor: .seconds(1)), saying: "bound"))
                }
            }
        }
    }
}
