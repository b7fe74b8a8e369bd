extension Timestamp {
    /// Stands for the time of a failure of which the message itself says nothing: the store puts in when it was kept.
    package static let unknown = Timestamp(milliseconds: 0)
}

extension ArrivedLetter {
    /// The letter with a time for its failure, if it came without one.
    package func dated(_ time: Timestamp) -> ArrivedLetter {
        guard failure.lastFailedAt == .unknown else { return self }
        var failure = failure
        failure.firstFailedAt = time
        failure.lastFailedAt = time
        return ArrivedLetter(
            id: id,
            message: message,
            command: command,
            failure: failure,
            origin: origin,
            caller: caller,
            topic: topic,
            replay: replay
        )
    }
}
