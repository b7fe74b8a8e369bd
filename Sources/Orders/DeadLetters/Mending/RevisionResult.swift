/// What became of a revision.
package enum RevisionResult: Sendable, Hashable {
    case made(LetterRevision)
    /// Also another tenant's letter.
    case notFound
    /// Somebody was faster, or the letter is being replayed; look again.
    case conflict(LetterEntry)
}
