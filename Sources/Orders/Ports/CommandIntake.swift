/// One consumer of a queue of commands: it reads them, and settles what has been done.
package protocol CommandIntake: Sendable {
    /// Connects and starts consuming; once, at most a few seconds.
    func open() async throws(IntakeError)

    /// Waits for commands and returns all that have arrived, read but for suspects: one when quiet, hundreds when busy.
    ///
    /// The connection stays alive while nobody waits here, too; but its loss is told here.
    ///
    /// - Returns: 1 to `limit` commands in the order of their marks; none after `stopReceiving()`.
    func receive(atMost limit: Int) async throws(IntakeError) -> [IncomingCommand]

    /// Reads a command that was left unread.
    func read(_ command: IncomingCommand) async -> IncomingCommand

    /// Who sent a command that was left unread, from its token alone; `nil` where that cannot be proved now.
    func sender(of command: IncomingCommand) -> Caller?

    /// What a command that was left unread is known by when it comes again, to this worker or another.
    func suspectID(of command: IncomingCommand) -> SuspectID

    /// Acknowledges everything up to the mark. A mark of an earlier connection is ignored: the broker has already
    /// taken those deliveries back.
    ///
    /// - Parameter isUrgent: it must not wait for others to go with it, for what comes next may end the process.
    func settle(through mark: DeliveryMark, isUrgent: Bool) async throws(IntakeError)

    /// Ends the consuming and lets what was received be settled.
    func stopReceiving() async

    /// Closes the connection; whatever is unsettled goes back to the queue.
    func close() async
}

/// Names a delivery: which connection it came by, and its place there.
package struct DeliveryMark: Sendable, Hashable {
    package let epoch: UInt64
    package let tag: UInt64

    package init(epoch: UInt64, tag: UInt64) {
        self.epoch = epoch
        self.tag = tag
    }
}

/// Why a connection to the commands was lost or could not be made.
///
/// All of it heals: connect again.
package struct IntakeError: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
