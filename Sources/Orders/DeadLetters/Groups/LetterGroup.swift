/// A kind of failure: how much of it there is, and since when.
package struct LetterGroup: Sendable, Hashable {
    package let id: GroupID
    package let tenant: String?
    package let command: String
    package let reason: FailureReason
    package let code: String
    /// The normalised error text.
    package let pattern: String
    package let counts: [LetterState: Int]
    package let firstSeenAt: Timestamp
    package let lastSeenAt: Timestamp
    /// When the oldest letter that waits for somebody was kept.
    package let oldestKeptAt: Timestamp?
    /// How often letters of the group failed again after a replay.
    package let repeatFailures: Int
    /// Arrivals by hour, oldest first; the last one is the hour that has begun.
    package let inflow: [Int]
    package let note: GroupNote
    /// Who last changed the note, as ``Operator/name``, and when.
    package let notedBy: String?
    package let notedAt: Timestamp?

    package init(
        id: GroupID,
        tenant: String?,
        command: String,
        reason: FailureReason,
        code: String,
        pattern: String,
        counts: [LetterState: Int],
        firstSeenAt: Timestamp,
        lastSeenAt: Timestamp,
        oldestKeptAt: Timestamp?,
        repeatFailures: Int,
        inflow: [Int],
        note: GroupNote,
        notedBy: String?,
        notedAt: Timestamp?
    ) {
        self.id = id
        self.tenant = tenant
        self.command = command
        self.reason = reason
        self.code = code
        self.pattern = pattern
        self.counts = counts
        self.firstSeenAt = firstSeenAt
        self.lastSeenAt = lastSeenAt
        self.oldestKeptAt = oldestKeptAt
        self.repeatFailures = repeatFailures
        self.inflow = inflow
        self.note = note
        self.notedBy = notedBy
        self.notedAt = notedAt
    }

    package func count(_ state: LetterState) -> Int { counts[state] ?? 0 }

    package var total: Int { counts.values.reduce(0, +) }
}
