internal import AMQP
import ArgumentParser
import Glibc
internal import OrderMessaging
internal import Orders
internal import ThreadExecutor
internal import Tokens

/// `orderbus dead drain`: takes the queue of dead letters into a file, without a database.
struct DeadDrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain",
        abstract: "Take the queue of dead letters straight into a file, when there is no database.",
        discussion: """
            Broker: CONSOLE_AMQP_URL where it is set, and only else AMQP_URL, as for the console. Each letter is on \
            the disk before the broker hears that it was taken; what is taken twice is one letter again after \
            orderbus dead import. Stop a running console first: it would take its share.
            """
    )

    @Option(help: "Where the new file goes.", completion: .directory)
    var directory: String

    @Option(help: "Stop after so many letters.")
    var limit: Int?

    @Option(help: "How long nothing has come when the queue counts as empty: ms, s or m.")
    var patience = SignedDuration(.seconds(3))

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard limit.map({ $0 > 0 }) ?? true else { throw ValidationError("--limit is at least 1") }
    }

    func run() async throws {
        let source = try await connectedSource()
        let name = "dead-letters-\(WallClock.seconds)-\(getpid()).ndjson"
        let path = directory + (directory.hasSuffix("/") ? "" : "/") + name
        let file = try LinesFile.make(path)
        Interruption.listen()
        let drain = LetterDrain(from: source, patience: patience.duration, limit: limit) { Interruption.isRequested }
        var bar = ProgressBar(total: nil)
        var written = 0
        let (count, failure) = try await drain.run { lines, more in
            try file.append(lines)
            try file.sync()
            written += more
            bar.update(done: written)
        }
        bar.finish(done: count)
        if written == 0 { unlink(path) }
        // After a failure that came at once, nobody knows whether the queue is empty.
        if failure == nil || written > 0 { report(count, written == 0 ? nil : path) }
        if let failure {
            throw ExplainedError(
                what: "the connection to the broker was lost: \(failure)",
                place: written == 0 ? nil : path,
                advice: "nothing is lost; see that the broker runs, and run the same again for the rest",
                status: count > 0 ? .partlyDone : .failed
            )
        }
    }

    private func report(_ count: Int, _ path: String?) {
        switch output.format {
        case .json:
            let json = JSONText.object([("count", .number(count)), ("file", path.map(JSONText.Value.text) ?? .null)])
            StandardStream.output.write(String(decoding: json, as: UTF8.self) + "\n")
        case .table:
            StandardStream.output.write(
                path.map { "\(count) letters in \(TerminalText.safe($0))\n" } ?? "the queue is empty\n"
            )
        }
    }

    /// - Throws: an explanation of why there is no connection.
    private func connectedSource() async throws -> AMQPDeadLetterSource {
        let loaded = try Settings.load(from: Settings.environment) { reader in
            (
                amqp: AMQPSettings(reading: &reader, preferring: .consoleAMQPURL),
                users: BrokerUserSettings(reading: &reader)
            )
        }
        for warning in loaded.warnings { StandardStream.error.write("warning: \(warning)\n") }
        var broker = try loaded.value.amqp.connectionSettings(name: "orderbus dead drain")
        broker.bodyLimit = 16 * 1024 * 1024
        let executor = ThreadExecutor(name: "drain")
        let consumer = Consumer(
            settings: broker,
            queue: ShortString(Topology.deadLetterQueue) ?? .empty,
            prefetch: 400,
            executor: executor
        )
        do throws(AMQPError) {
            try await consumer.connect()
        } catch {
            throw BrokerFailure(error, place: broker.endpoints.map(\.description).joined(separator: ", "))
        }
        return AMQPDeadLetterSource(
            consumer: consumer,
            reader: LetterReader(
                trust: PublisherTrust(
                    worker: loaded.value.users.worker.flatMap { ShortString($0) } ?? "worker",
                    console: ShortString(loaded.value.users.console) ?? .empty
                )
            ),
            authenticator: NoAuthenticator(),
            executor: executor
        )
    }
}

/// Believes no token: there may be no keys when nothing else is there.
private struct NoAuthenticator: CallerAuthenticator {
    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication {
        .unknownKey(.any)
    }

    func resolve(_ key: UnknownKey) async -> Orders.KeyResolution { .unavailable }
}
