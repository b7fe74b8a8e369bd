internal import Orders
internal import Testing

extension DeadLetterConformance {
    static let auditing = [
        DeadLetterCase("the chain holds, and goes on after retention", chain),
        DeadLetterCase("the audit is listed newest first, within reach", auditList),
    ]

    @Sendable private static func chain(_ desk: Desk) async throws {
        for second in 0..<25 {
            var entry = desk.entry(.show, at: Int64(second))
            entry.target = "dl_\(second)"
            entry.details = [AuditDetail("a", ""), AuditDetail("", "b=ü")]
            let record = try await desk.audit.append(entry)
            #expect(record.sequence == Int64(second) + 1)
        }
        var result = try await desk.audit.verify(pageSize: 10)
        #expect(result.count == 25)
        #expect(result.breach == nil)
        #expect(try await desk.audit.retire(before: desk.time(10), limit: 4) == 4)
        #expect(try await desk.audit.retire(before: desk.time(10), limit: 100) == 6)
        #expect(try await desk.audit.retire(before: desk.time(10), limit: 100) == 0)
        let ends = try await desk.audit.ends()
        #expect(ends.anchor.sequence == 10)
        #expect(ends.head.sequence == 25)
        result = try await desk.audit.verify(pageSize: 10)
        #expect(result.count == 15)
        #expect(result.breach == nil)
    }

    @Sendable private static func auditList(_ desk: Desk) async throws {
        for (second, tenant) in ["acme", "umbrella", nil].enumerated() {
            var entry = desk.entry(.show, at: Int64(second))
            entry.tenant = tenant
            entry.target = "dl_\(second)"
            entry.outcome = second == 1 ? .refused : .allowed
            try await desk.audit.append(entry)
        }
        #expect(try await desk.records(AuditFilter()) == [3, 2, 1])
        #expect(try await desk.records(AuditFilter(limit: 2)) == [3, 2])
        #expect(try await desk.records(AuditFilter(beforeSequence: 2)) == [1])
        #expect(try await desk.records(AuditFilter(outcome: .refused)) == [2])
        #expect(try await desk.records(AuditFilter(target: "dl_0")) == [1])
        #expect(try await desk.records(AuditFilter(clientID: "nobody")).isEmpty)
        #expect(try await desk.records(AuditFilter(from: desk.time(1), before: desk.time(2))) == [2])
        #expect(try await desk.records(AuditFilter(), within: .one("acme")) == [1])
        #expect(try await desk.records(AuditFilter(), within: .one("platform")) == [3, 2, 1])
    }
}
