/// The workers' own rules, for a message that is to be sent again.
package protocol CommandChecker: Sendable {
    /// Reads the message as a worker would, but for its token.
    ///
    /// - Returns: what a worker would refuse it for, or `nil`.
    func check(_ message: LetterMessage, command: String, caller: Caller?) -> Refusal?

    /// What the message is about, as far as it can be read.
    func topic(of message: LetterMessage, command: String, caller: Caller?) -> LetterTopic
}
