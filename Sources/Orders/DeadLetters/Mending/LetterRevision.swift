/// A mended version of a letter; the message as it arrived is always kept beside it.
package struct LetterRevision: Sendable, Hashable {
    /// 1 for the first.
    package let number: Int
    package let message: LetterMessage
    /// On whose behalf it is to be sent, where the revision says so.
    package let caller: Caller?
    package let reason: String
    /// As ``Operator/name``.
    package let madeBy: String
    package let madeAt: Timestamp

    package init(
        number: Int,
        message: LetterMessage,
        caller: Caller?,
        reason: String,
        madeBy: String,
        madeAt: Timestamp
    ) {
        self.number = number
        self.message = message
        self.caller = caller
        self.reason = reason
        self.madeBy = madeBy
        self.madeAt = madeAt
    }
}

extension LetterRevision {
    /// What a request makes of a letter.
    package init(_ request: RevisionRequest, number: Int, madeBy who: Operator) {
        self.init(
            number: number,
            message: request.draft.message,
            caller: request.draft.caller,
            reason: request.draft.reason,
            madeBy: who.name,
            madeAt: request.audit.at
        )
    }
}
