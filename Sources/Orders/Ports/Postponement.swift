/// A command that is to wait and come again.
package struct Postponement: Sendable {
    package let command: IncomingCommand
    package let delay: RetryDelay
    /// What it comes back with.
    package let history: DeliveryHistory

    package init(_ command: IncomingCommand, for delay: RetryDelay, history: DeliveryHistory) {
        self.command = command
        self.delay = delay
        self.history = history
    }

    /// A command that could not be judged, which is no attempt.
    package init(uncounted command: IncomingCommand) {
        self.init(command, for: .fiveSeconds, history: command.history)
    }
}

/// How long a command can wait: there is an exchange and a queue for each.
package enum RetryDelay: Sendable, Hashable, CaseIterable {
    case fiveSeconds, thirtySeconds, fiveMinutes
}
