internal import AMQP
import ArgumentParser
internal import OrderMessaging
internal import ThreadExecutor

/// `orderbus bench`: loads a running deployment as an ordinary producer does.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Load a running deployment with orders and report orders/s and latencies.",
        discussion: """
            Publishes order.create.v1 with confirms and a reply queue, keeps --window commands in flight, and counts a \
            command when its reply has arrived. Every order is new. Broker: PRODUCER_AMQP_URL or AMQP_URL; token: \
            ORDERBUS_TOKEN, or one minted with the development key.

              orderbus bench --count 100000 --window 1000    # throughput
              orderbus bench --count 5000 --window 1         # latency
            """
    )

    @Option(help: "How many orders to send in all.")
    var count = 100_000

    @Option(help: "How many commands to keep in flight, over all connections.")
    var window = 1000

    @Option(help: "How many connections to send over.")
    var connections = 1

    @Option(help: "How many orders to send before the count begins.")
    var warmup = 0

    @Flag(help: "Take replies by amq.rabbitmq.reply-to instead of a queue.")
    var direct = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var sender: SenderOptions

    func validate() throws {
        guard count > 0, window > 0, connections > 0, warmup >= 0 else {
            throw ValidationError("--count, --window and --connections must be at least 1")
        }
        guard window >= connections, count >= connections else {
            throw ValidationError("--window and --count must be at least --connections")
        }
    }

    func run() async throws {
        let broker = try sender.broker(name: "orderbus bench")
        let authorization = try sender.token().authorization
        // Who cannot connect hears why, in the words of order create, before anything is counted.
        try await CommandLink.withLink(to: broker, connectingWithin: .seconds(15)) { _ in }
        if warmup > 0 { _ = await load(warmup, broker, authorization, showsProgress: false) }
        let report = BenchReport(await load(count, broker, authorization, showsProgress: true), wanted: count)
        StandardStream.output.write(output.format == .json ? report.json : report.text)
        if !report.isComplete { throw ExitStatus.failed.exit }
    }

    private func load(
        _ count: Int,
        _ broker: ConnectionSettings,
        _ authorization: String,
        showsProgress: Bool
    ) async -> [LoadResult] {
        let run = String(UInt64.random(in: .min ... .max), radix: 36)
        let bar = showsProgress && StandardStream.error.isTerminal ? BenchProgress(total: count) : nil
        let results = await withTaskGroup { group in
            for connection in 0..<connections {
                let body = BenchOrder.body
                let load = LoadProducer.Load(
                    count: count / connections + (connection < count % connections ? 1 : 0),
                    window: max(1, window / connections),
                    authorization: authorization,
                    bodyHead: body.head,
                    bodyTail: body.tail,
                    keyPrefix: "bench-\(run)-\(connection)-"
                )
                group.addTask {
                    let executor = ThreadExecutor(name: "bench-\(connection)")
                    let producer = LoadProducer(
                        settings: broker,
                        load: load,
                        repliesDirectly: direct,
                        executor: executor
                    )
                    return await producer.run { bar?.update(connection, $0) }
                }
            }
            return await group.reduce(into: [LoadResult]()) { $0.append($1) }
        }
        bar?.finish()
        return results
    }
}
