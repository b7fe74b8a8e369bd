internal import Orders

/// Sends a stream of orders, some of them in flight at a time.
package struct OrderRun<Bus: SendingBus>: Sendable {
    private let bus: Bus
    private let sender: CommandSender<Bus>
    private let window: Int
    private let keys: KeyRule
    private let wantsReply: Bool

    /// - Parameters:
    ///   - window: how many orders may be in flight, at least 1.
    ///   - timeout: for one order, all attempts together.
    package init(
        bus: Bus,
        token: SenderToken,
        window: Int,
        timeout: Duration,
        keys: KeyRule,
        wantsReply: Bool
    ) {
        self.bus = bus
        sender = CommandSender(bus: bus, token: token, timeout: timeout)
        self.window = max(window, 1)
        self.keys = keys
        self.wantsReply = wantsReply
    }

    /// Sends until the input ends.
    ///
    /// Once an order has spent all its time on a bus that is away, those after it are not sent until the bus is back:
    /// else a long input would fail one timeout at a time.
    ///
    /// - Parameters:
    ///   - next: gives the orders, nil at the end.
    ///   - report: hears of each order, in the order in which they end.
    package func run(
        next: @escaping @Sendable () async throws -> OrderLine?,
        report: (OrderResult) throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Event.self) { group in
            var inFlight = 0
            var isBroken = false
            var isReading = false
            var hasEnded = false
            repeat {
                if !isReading, !hasEnded, inFlight < window {
                    isReading = true
                    group.addTask { .read(try await next()) }
                }
                switch try await group.next() {
                case .read(let line?):
                    isReading = false
                    if isBroken { isBroken = await !bus.isAvailable(within: .zero) }
                    if isBroken {
                        try report(unsent(line))
                    } else {
                        inFlight += 1
                        group.addTask { .ended(await send(line)) }
                    }
                case .ended(let result):
                    inFlight -= 1
                    if result.isLostToTheBus { isBroken = await !bus.isAvailable(within: .zero) }
                    try report(result)
                case .read(nil), nil:
                    isReading = false
                    hasEnded = true
                }
            } while inFlight > 0 || !hasEnded
        }
    }

    private enum Event: Sendable {
        case read(OrderLine?)
        case ended(OrderResult)
    }

    private func send(_ line: OrderLine) async -> OrderResult {
        let body: [UInt8]
        let key: String
        do throws(CommandFailure) {
            (body, key) = try keys.prepare(line)
        } catch {
            return OrderResult(line: line, text: line.text, key: nil, reply: nil, failure: error)
        }
        let requestID = RandomName.make()
        let outcome = await sender.send(.create, body: body, requestID: requestID, wantsReply: wantsReply)
        let reply: BusReply? = if case .answered(let reply) = outcome { reply } else { nil }
        return OrderResult(
            line: line,
            text: body,
            key: key,
            reply: reply,
            failure: CommandFailure(outcome, requestID: requestID)
        )
    }

    private func unsent(_ line: OrderLine) -> OrderResult {
        let reason = bus.trouble ?? "there is no connection to the broker"
        do throws(CommandFailure) {
            let (body, key) = try keys.prepare(line)
            let failure = CommandFailure(code: "NOT_SENT", message: reason)
            return OrderResult(line: line, text: body, key: key, reply: nil, failure: failure)
        } catch {
            return OrderResult(line: line, text: line.text, key: nil, reply: nil, failure: error)
        }
    }
}
