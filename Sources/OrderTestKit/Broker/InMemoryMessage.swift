package import Orders

/// A command as it lies in an ``InMemoryQueue``.
package final class InMemoryMessage: CommandOrigin {
    package let context: CommandContext
    package let reading: IncomingCommand.Reading
    package let history: DeliveryHistory
    package let byteCount: Int

    package init(
        _ context: CommandContext,
        _ reading: IncomingCommand.Reading,
        history: DeliveryHistory = .new,
        byteCount: Int = 500
    ) {
        self.context = context
        self.reading = reading
        self.history = history
        self.byteCount = byteCount
    }

    /// The same message, back in its queue once more.
    var returned: InMemoryMessage {
        let history = DeliveryHistory(
            attempt: history.attempt,
            firstFailure: history.firstFailure,
            returns: history.returns + 1
        )
        return InMemoryMessage(context, reading, history: history, byteCount: byteCount)
    }
}
