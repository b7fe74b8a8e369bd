package import Orders

/// A command as it lies in an ``InMemoryQueue``.
package final class InMemoryMessage: CommandOrigin {
    package let context: CommandContext
    package let reading: IncomingCommand.Reading

    package init(_ context: CommandContext, _ reading: IncomingCommand.Reading) {
        self.context = context
        self.reading = reading
    }
}
