package import Orders

/// Sends one command until it is known what became of it, or its time is up.
///
/// Everything is sent again with the same key: what was done already is answered from what is stored.
package struct CommandSender<Bus: SendingBus>: Sendable {
    private let bus: Bus
    private let token: SenderToken
    /// For one command, all attempts together.
    private let timeout: Duration

    package init(bus: Bus, token: SenderToken, timeout: Duration) {
        self.bus = bus
        self.token = token
        self.timeout = timeout
    }

    /// Sends a command.
    ///
    /// - Parameter wantsReply: without, it is done when the broker has confirmed it.
    package func send(
        _ command: CommandName,
        body: [UInt8],
        requestID: String = RandomName.make(),
        wantsReply: Bool = true
    ) async -> SendOutcome {
        let deadline = ContinuousClock.now + timeout
        var last = SendOutcome.notSent(reason: bus.trouble ?? "there is no connection to the broker")
        var pause = Duration.milliseconds(50)
        while ContinuousClock.now < deadline, !Task.isCancelled {
            guard await bus.isAvailable(within: ContinuousClock.now.duration(to: deadline)) else {
                if let trouble = bus.trouble, case .notSent = last { last = .notSent(reason: trouble) }
                break
            }
            let left = max(ContinuousClock.now.duration(to: deadline), .milliseconds(1))
            let request = BusRequest(
                command: command,
                body: body,
                authorization: token.authorization,
                idempotencyKey: nil,
                requestID: requestID
            )
            let outcome = SendOutcome(
                await bus.send(request, waitingFor: wantsReply ? left : .zero),
                wantsReply: wantsReply,
                after: last
            )
            guard outcome.isWorthAnotherAttempt else { return outcome }
            last = outcome
            try? await Task.sleep(for: min(pause, max(ContinuousClock.now.duration(to: deadline), .zero)))
            pause = min(pause * 2, .seconds(2))
        }
        return last
    }
}
