/// The audit: nothing in it is ever changed, and nothing goes but the oldest, by retention.
///
/// All throw ``StoreError``.
package protocol AuditLog: Sendable {
    /// Adds an act that changes nothing in the store: a refusal, a look at a body.
    @discardableResult
    func append(_ entry: AuditEntry) async throws(StoreError) -> AuditRecord

    /// Lists records, newest first.
    ///
    /// - Parameter reach: one tenant sees what its own operators did, and what was done to its letters.
    func list(_ filter: AuditFilter, within reach: TenantReach) async throws(StoreError) -> [AuditRecord]

    /// Reads the chain in its order, for the verifier.
    func records(after sequence: Int64, limit: Int) async throws(StoreError) -> [AuditRecord]

    /// Where the chain begins and ends now.
    func ends() async throws(StoreError) -> AuditEnds

    /// Removes some of the oldest records.
    ///
    /// - Returns: how many were removed; fewer than `limit` means that no more are due.
    func retire(before: Timestamp, limit: Int) async throws(StoreError) -> Int
}

/// The two ends of the chain.
package struct AuditEnds: Sendable, Hashable {
    /// The last record that retention removed, or the origin.
    package let anchor: AuditLink
    package let head: AuditLink

    package init(anchor: AuditLink, head: AuditLink) {
        self.anchor = anchor
        self.head = head
    }
}

extension AuditLog {
    /// Walks the whole chain.
    ///
    /// - Returns: how many records are as they were written, and the first breach, if there is one.
    package func verify(pageSize: Int = 1000) async throws(StoreError) -> (count: Int, breach: AuditBreach?) {
        let ends = try await ends()
        var verifier = AuditVerifier(after: ends.anchor)
        while verifier.link.sequence < ends.head.sequence {
            let page = try await records(after: verifier.link.sequence, limit: pageSize)
            if page.isEmpty { break }
            for record in page where record.sequence <= ends.head.sequence {
                if let breach = verifier.check(record) { return (verifier.count, breach) }
            }
        }
        return (verifier.count, verifier.finish(at: ends.head))
    }
}
