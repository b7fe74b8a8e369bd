/// The consumer of the queue of dead letters.
package protocol DeadLetterSource: Sendable {
    /// Connects and starts consuming; once, at most a few seconds.
    func open() async throws(IntakeError)

    /// Waits for letters and returns all that have arrived, read.
    ///
    /// Keeps the connection alive while it waits, so somebody must always be waiting in it.
    ///
    /// - Returns: 1 to `limit` letters in the order of their marks; none after `stopReceiving()`.
    func receive(atMost limit: Int) async throws(IntakeError) -> [LetterDelivery]

    /// Acknowledges everything up to the mark. A mark of an earlier connection is ignored: the broker has already
    /// taken those deliveries back.
    func settle(through mark: DeliveryMark) async throws(IntakeError)

    /// Acknowledges these alone; each delivery may be settled or handed back only once.
    func settle(_ marks: [DeliveryMark]) async throws(IntakeError)

    /// Gives these back to the queue, which delivers them again at once.
    func handBack(_ marks: [DeliveryMark]) async throws(IntakeError)

    /// Ends the consuming and lets what was received be settled.
    func stopReceiving() async

    /// Closes the connection; whatever is unsettled goes back to the queue.
    func close() async
}

/// A letter and its place in the queue.
package struct LetterDelivery: Sendable, Hashable {
    package let mark: DeliveryMark
    package let letter: ArrivedLetter

    package init(mark: DeliveryMark, letter: ArrivedLetter) {
        self.mark = mark
        self.letter = letter
    }
}
