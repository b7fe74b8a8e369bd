import ArgumentParser
import Glibc
internal import Orders

/// `orderbus order create`: sends orders from files or standard input.
struct OrderCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Send orders from files or standard input, and show what became of each.",
        discussion: """
            An input is one JSON object over any number of lines, or NDJSON, an order a line. Each order needs an \
            idempotencyKey: sending the same order with the same key again, after a lost connection or a failed run, \
            never makes a second order.

              orderbus order create order.json
              orderbus order create --window 1000 monday.ndjson tuesday.ndjson
              jq -c '.[]' orders.json | orderbus order create --output json

            With --output json a line for each order as it ends, else a table or a summary. Orders that fail go to a \
            file that can be sent again, the reasons to one beside it. Ctrl-C or SIGTERM stops reading and finishes \
            what is in flight; a second Ctrl-C ends at once.

            Exit codes: 0 all done, 3 some failed or not read, 1 all failed, 2 wrong usage or settings, or no order in \
            the input.
            """
    )

    @Argument(help: "Files to read; - or none for standard input.", completion: .file())
    var files: [String] = []

    @Option(help: "The key of the one order that the input holds.")
    var idempotencyKey: String?

    @Flag(help: "Draw a key for each order without one. A run that is repeated then makes new orders.")
    var generateKeys = false

    @Option(help: "How many orders may be in flight.")
    var window = 200

    @Flag(inversion: .prefixedNo, help: "Wait for the workers' replies, not only for the broker's confirms.")
    var wait = true

    @Option(help: "How long one order may take, all attempts together: ms, s or m.")
    var timeout = SignedDuration(.seconds(60))

    @Option(
        help: "Where orders that fail go. (default: orders-failed-TIME.ndjson, if there are any)",
        completion: .file()
    )
    var failures: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var sender: SenderOptions

    func validate() throws {
        guard (1...10_000).contains(window) else { throw ValidationError("--window must be from 1 to 10000") }
        guard timeout.duration > .zero else { throw ValidationError("--timeout must be more than 0s") }
        if let idempotencyKey {
            guard !generateKeys else {
                throw ValidationError("--idempotency-key and --generate-keys exclude each other")
            }
            guard IdempotencyKey(idempotencyKey) != nil else {
                throw ValidationError("--idempotency-key must be 10 to 255 visible ASCII characters")
            }
        }
    }

    func run() async throws {
        let broker = try sender.broker(name: "orderbus order")
        let token = try sender.token(isInputTaken: files.isEmpty || files.contains("-"))
        let failures = FailureFiles(path: failures, now: Self.timeForName)
        try failures.check()
        let input = OrderInput(files: files)
        let total = StandardStream.error.isTerminal ? try await input.count() : nil
        let lines = try await firstLines(input)
        Interruption.listen()
        let (window, timeout, wait, keys) = (window, timeout.duration, wait, keys)
        let session = CreateSession(
            output: output.format,
            total: total,
            failures: failures,
            token: token
        )
        try await CommandLink.withLink(to: broker, connectingWithin: min(timeout, .seconds(15))) { link in
            let run = OrderRun(
                bus: link,
                token: token,
                window: window,
                timeout: timeout,
                keys: keys,
                wantsReply: wait
            )
            try await run.run(next: lines.next) { session.add($0) }
        }
        try session.end()
    }

    private var keys: KeyRule {
        if let idempotencyKey { return .given(idempotencyKey) }
        return generateKeys ? .generated : .own
    }

    /// With a key for one order the input must hold one: known before anything is sent.
    private func firstLines(_ input: OrderInput) async throws -> OrderLineFeed {
        guard idempotencyKey != nil else { return OrderLineFeed(known: [], input: input) }
        var known: [OrderLine] = []
        while known.count < 2, let line = try await input.next() { known.append(line) }
        guard known.count < 2 else {
            throw ExplainedError(
                what: "--idempotency-key is for one order, and there are more",
                place: known[1].place,
                advice: "give each order its own idempotencyKey",
                status: .wrongUsage
            )
        }
        return OrderLineFeed(known: known, input: input)
    }

    /// The time in UTC as `20261121T040000Z`.
    private static func timeForName() -> String {
        let text = Timestamp(milliseconds: Int64(time(nil)) * 1000).description
        return text.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z"
    }
}
