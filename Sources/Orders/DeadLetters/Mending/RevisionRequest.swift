/// One of several letters that are to be mended together.
package struct RevisionRequest: Sendable, Hashable {
    package let letter: LetterID
    package let draft: RevisionDraft
    /// What the audit is to say if the revision is made.
    package let audit: AuditEntry

    package init(letter: LetterID, draft: RevisionDraft, audit: AuditEntry) {
        self.letter = letter
        self.draft = draft
        self.audit = audit
    }
}
