internal import Orders

/// Commands that may be what ended a worker before.
extension Lane {
    /// Takes the next batch; a suspect is a batch of its own.
    func takeCarefully() -> [ReceivedCommand] {
        let first = received.elements.firstIndex(where: \.command.history.isSuspect)
        guard let first else {
            hasSuspects = false
            return received.take(atMost: configuration.batchLimit)
        }
        return received.take(atMost: min(max(1, first), configuration.batchLimit))
    }

    /// Reads, stores and settles a suspect with nothing else in hand: what came before it is settled, and what came
    /// behind it is not begun, so that it is found first if it ends the worker.
    ///
    /// - Returns: `false` if that was given up, and the session with it.
    func commitAlone(_ suspect: ReceivedCommand) async -> Bool {
        await untilSettled()
        let isFirst = await ward.enter()
        defer { ward.leave() }
        guard !isSessionLost, !Task.isCancelled else { return false }
        let command: IncomingCommand
        let returns = suspect.command.history.returns
        if RedeliveryRule.mustBury(returns: returns, isFirstOfProcess: isFirst) {
            let isBlind = returns >= RedeliveryRule.blindBurialReturns
            let sender = isBlind ? nil : intake.sender(of: suspect.command)
            command = suspect.command.reading(.refused(Self.deliveryLimit, sender))
        } else {
            command = await intake.read(suspect.command)
        }
        let alone = [ReceivedCommand(command: command, receivedAt: suspect.receivedAt)]
        guard await commitAndPass(alone) else { return false }
        await untilSettled()
        return true
    }

    private static let deliveryLimit = Refusal(
        .deliveryLimit,
        "The command came back \(RedeliveryRule.burialReturns) times or more, because the worker ended with it in hand"
    )
}
