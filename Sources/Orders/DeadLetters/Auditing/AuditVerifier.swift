/// Follows the chain from record to record and tells the first that does not fit.
package struct AuditVerifier: Sendable {
    package private(set) var link: AuditLink
    package private(set) var count = 0

    /// Begins behind a link that is taken for granted: the origin, or where retention has ended.
    package init(after link: AuditLink) {
        self.link = link
    }

    /// Checks the next record.
    ///
    /// - Returns: what is wrong with it, or `nil`.
    package mutating func check(_ record: AuditRecord) -> AuditBreach? {
        guard record.sequence == link.sequence &+ 1 else {
            return AuditBreach(sequence: link.sequence &+ 1, kind: .missing)
        }
        guard link.next(record.entry).hash == record.hash else {
            return AuditBreach(sequence: record.sequence, kind: .altered)
        }
        link = record.link
        count += 1
        return nil
    }

    /// Checks that the chain ends where the log says that it does.
    package func finish(at head: AuditLink) -> AuditBreach? {
        if head.sequence != link.sequence { return AuditBreach(sequence: link.sequence &+ 1, kind: .missing) }
        return head.hash == link.hash ? nil : AuditBreach(sequence: head.sequence, kind: .altered)
    }
}

/// Where the audit was tampered with.
package struct AuditBreach: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// The record, or one before it, is not what was written.
        case altered
        /// The record is gone, or was put in.
        case missing
    }

    package let sequence: Int64
    package let kind: Kind

    package init(sequence: Int64, kind: Kind) {
        self.sequence = sequence
        self.kind = kind
    }
}
