/// Where dead letters are kept.
///
/// Every implementation passes the conformance suite in `OrderTestKit`. What the reach does not include does not exist,
/// as far as a caller can tell. A change and its audit entry are one transaction: both happen or neither.
///
/// All throw ``StoreError``; after `.unavailable` the commit may have happened unseen.
package protocol DeadLetterStore: Sendable {
    // MARK: Keeping

    /// Keeps letters: those that are there already are merged into their entries.
    ///
    /// A letter whose failure is newer than the entry's has died again: it counts, and waits for somebody again.
    ///
    /// - Returns: how many were new.
    func keep(_ letters: [ArrivedLetter], at time: Timestamp) async throws(StoreError) -> Int

    /// Takes exported letters back, as ``keep(_:at:)`` does.
    func importLetters(
        _ letters: [ArrivedLetter],
        at time: Timestamp,
        audit: AuditEntry
    ) async throws(StoreError) -> Int

    // MARK: Finding

    /// Lists letters, newest first.
    ///
    /// - Parameter limit: 1 to 1000.
    func list(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<LetterEntry>

    /// The same with their messages, for an export.
    ///
    /// - Parameter limit: 1 to 1000; a page also ends after some megabytes.
    func letters(
        _ filter: LetterFilter,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<KeptLetter>

    /// The letters of a selection that wait, newest first, as they would be sent.
    ///
    /// - Parameter limit: 1 to 1000; a page also ends after some megabytes.
    func waiting(
        _ selection: LetterSelection,
        within reach: TenantReach,
        after position: LetterPosition?,
        limit: Int
    ) async throws(StoreError) -> LetterPage<WaitingLetter>

    /// Counts what a change of letters in that state would come to now: ``discard(_:within:audit:)`` of those that are
    /// kept, ``restore(_:within:audit:)`` of those that are discarded.
    func count(
        _ selection: LetterSelection,
        in state: LetterState,
        within reach: TenantReach
    ) async throws(StoreError) -> ChangeCount

    /// All that is known of one letter.
    func show(_ id: LetterID, within reach: TenantReach) async throws(StoreError) -> LetterFile?

    /// Lists groups: those with the most letters that wait come first.
    func groups(
        _ filter: GroupFilter,
        within reach: TenantReach,
        at time: Timestamp
    ) async throws(StoreError) -> [LetterGroup]

    func statistics(at time: Timestamp) async throws(StoreError) -> LetterStatistics

    // MARK: Changing

    /// Changes a group's note.
    ///
    /// - Returns: whether there is such a group.
    func annotate(
        _ group: GroupID,
        _ change: GroupNoteChange,
        by who: Operator,
        audit: AuditEntry
    ) async throws(StoreError) -> Bool

    /// Stores mended versions of letters that wait: those that can be made are made together.
    ///
    /// - Parameter requests: at most some hundred, since no other change is audited meanwhile.
    /// - Returns: what became of each, in their order.
    func revise(_ requests: [RevisionRequest], by who: Operator) async throws(StoreError) -> [RevisionResult]

    /// Puts letters aside that wait; the audit's reason says why, and each letter's file from then on.
    func discard(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount

    /// Takes letters back that were discarded.
    func restore(
        _ selection: LetterSelection,
        within reach: TenantReach,
        audit: AuditEntry
    ) async throws(StoreError) -> ChangeCount

    // MARK: Retention

    /// Removes some letters, with their revisions, that were settled, or last came without anybody deciding, before the
    /// given moments.
    ///
    /// - Returns: how many were removed; fewer than `limit` means that no more are due.
    func retire(settledBefore: Timestamp, keptBefore: Timestamp, limit: Int) async throws(StoreError) -> Int

    /// Removes some revisions that a newer one has replaced, of letters that were settled before the given moment.
    ///
    /// - Returns: how many were removed; fewer than `limit` means that no more are due.
    func retireRevisions(settledBefore: Timestamp, limit: Int) async throws(StoreError) -> Int
}

extension DeadLetterStore {
    /// Stores a mended version of a letter that waits.
    package func revise(
        _ id: LetterID,
        _ draft: RevisionDraft,
        by who: Operator,
        audit: AuditEntry
    ) async throws(StoreError) -> RevisionResult {
        try await revise([RevisionRequest(letter: id, draft: draft, audit: audit)], by: who).first ?? .notFound
    }
}
