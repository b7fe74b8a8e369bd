import Orders
import Testing

@Suite struct AuditVerifierTests {
    private func entry(_ target: String) -> AuditEntry {
        AuditEntry(
            at: Timestamp(milliseconds: 1_766_785_510_123),
            actor: AuditActor(clientID: "ops", subject: "ann", tenant: "acme"),
            action: .discard,
            target: target,
            tenant: "acme",
            reason: "duplicate",
            details: [AuditDetail("count", "3")],
            address: "127.0.0.1",
            requestID: "request-1"
        )
    }

    private func chain(_ count: Int) -> [AuditRecord] {
        var (link, records) = (AuditLink.origin, [AuditRecord]())
        for number in 0..<count {
            records.append(link.next(entry("dl_\(number)")))
            link = records[number].link
        }
        return records
    }

    private func verify(_ records: [AuditRecord], after link: AuditLink = .origin) -> AuditBreach? {
        var verifier = AuditVerifier(after: link)
        for record in records {
            if let breach = verifier.check(record) { return breach }
        }
        return nil
    }

    @Test func anUntouchedChainHolds() {
        let records = chain(5)
        #expect(verify(records) == nil)
        #expect(verify(Array(records.dropFirst(2)), after: records[1].link) == nil)
    }

    @Test func everyChangeIsFound() {
        let changes: [@Sendable (inout AuditEntry) -> Void] = [
            { $0.at = Timestamp(milliseconds: 0) }, { $0.actor = .nobody }, { $0.action = .restore },
            { $0.target = nil }, { $0.tenant = "" }, { $0.reason = "duplicates" }, { $0.details = [] },
            { $0.address = nil }, { $0.requestID = nil }, { $0.outcome = .refused },
        ]
        for change in changes {
            var records = chain(3)
            var entry = records[1].entry
            change(&entry)
            records[1] = AuditRecord(sequence: 2, entry: entry, hash: records[1].hash)
            #expect(verify(records) == AuditBreach(sequence: 2, kind: .altered))
        }
    }

    @Test func whatIsGoneOrMovedIsFound() {
        var records = chain(4)
        records.remove(at: 2)
        #expect(verify(records) == AuditBreach(sequence: 3, kind: .missing))
        records = chain(4)
        records.swapAt(1, 2)
        #expect(verify(records) == AuditBreach(sequence: 2, kind: .missing))
    }

    @Test func aCutEndIsFound() {
        let records = chain(4)
        var verifier = AuditVerifier(after: .origin)
        for record in records.dropLast() { #expect(verifier.check(record) == nil) }
        #expect(verifier.finish(at: records[3].link) == AuditBreach(sequence: 4, kind: .missing))
    }

    @Test func textCannotMoveFromOneFieldToTheNext() {
        var (one, two) = (entry("a"), entry("a"))
        one.address = "ab"
        one.requestID = "c"
        two.address = "a"
        two.requestID = "bc"
        #expect(one.canonical != two.canonical)
    }
}
