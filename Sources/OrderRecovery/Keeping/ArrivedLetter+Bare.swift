internal import Orders

extension ArrivedLetter {
    /// The letter as little more than its bytes, which any store can hold: the message itself is whole.
    ///
    /// What was read from it is left out, the caller too: it may be what could not be stored, and can be read again.
    ///
    /// - Parameter error: why it could not be kept as it came.
    func bare(because error: StoreError) -> ArrivedLetter {
        ArrivedLetter(
            id: id,
            message: message,
            command: Self.short(command),
            failure: LetterFailure(
                reason: .unknown,
                code: "UNREADABLE",
                message: "The letter could not be kept as it came: \(error)",
                attempts: min(max(1, failure.attempts), 1000),
                firstFailedAt: Self.sane(failure.firstFailedAt, failure.lastFailedAt),
                lastFailedAt: Self.sane(failure.lastFailedAt, failure.lastFailedAt)
            ),
            origin: LetterOrigin(
                exchange: Self.short(origin.exchange),
                routingKey: Self.short(origin.routingKey),
                userID: origin.userID.map(Self.short)
            ),
            caller: nil,
            topic: LetterTopic(),
            replay: replay
        )
    }

    /// AMQP's own names are no longer.
    private static func short(_ name: String) -> String {
        String(String.UnicodeScalarView(name.unicodeScalars.prefix(255)))
    }

    /// The time, unless one of the two is none of this era: then neither is known.
    private static func sane(_ time: Timestamp, _ last: Timestamp) -> Timestamp {
        let years = 0...253_402_300_799_999 as ClosedRange<Int64>
        return years.contains(time.milliseconds) && years.contains(last.milliseconds) ? time : .unknown
    }
}
