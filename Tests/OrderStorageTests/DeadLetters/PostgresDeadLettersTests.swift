import OrderStorage
import OrderTestKit
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(5)))
struct PostgresDeadLettersTests {
    private func with(
        search: SearchLimits = SearchLimits(),
        _ body: (TestDatabase, DeadLettersUnderTest) async throws -> Void
    ) async throws {
        try await TestDatabase.with { database in
            let session = try database.connect()
            let subject = DeadLettersUnderTest(
                letters: PostgresDeadLetterStore(database.connection, limit: .seconds(60), search: search),
                jobs: PostgresReplayJobStore(database.connection, limit: .seconds(60)),
                otherJobs: PostgresReplayJobStore(session, limit: .seconds(60)),
                audit: PostgresAuditLog(database.connection, limit: .seconds(60))
            )
            try await body(database, subject)
            await session.close()
        }
    }

    @Test(arguments: DeadLetterConformance.cases)
    func databaseDoesWhatEveryStoreDoes(conformance: DeadLetterCase) async throws {
        try await with { _, subject in try await conformance.run(on: subject) }
    }

    @Test(arguments: DeadLetterConformance.finding)
    func aSearchThatLooksAtAFewFindsTheSame(conformance: DeadLetterCase) async throws {
        try await with(search: SearchLimits(close: 1, far: 1)) { _, subject in try await conformance.run(on: subject) }
    }

    @Test(arguments: ["text", "path"])
    func aPageEndsWhereNothingWasFoundForLong(content: String) async throws {
        let match = BodyMatch(path: try #require(BodyPath("rare")), condition: .exists)
        let filter = content == "text" ? LetterFilter(text: "zq") : LetterFilter(body: match)
        try await with(search: SearchLimits(close: 2, far: 3)) { _, subject in
            for number in 0..<8 {
                let body = number == 1 ? #"{"rare":"zq"}"# : "{}"
                let time = Timestamp(milliseconds: Sample.moment.milliseconds + Int64(number))
                _ = try await subject.letters.keep([Sample.letter("\(number)", body: body)], at: time)
            }
            let first = try await subject.letters.list(filter, within: .all, after: nil, limit: 10)
            #expect(first.letters.isEmpty)
            #expect(first.next?.id == Sample.letter("3").id, "five letters were looked at")
            let second = try await subject.letters.list(filter, within: .all, after: first.next, limit: 10)
            #expect(second.letters.map(\.id) == [Sample.letter("1").id])
            #expect(second.next == nil)
        }
    }

    @Test func theAuditTakesNoChange() async throws {
        try await with { database, subject in
            let who = AuditActor(Sample.operator())
            try await subject.audit.append(AuditEntry(at: Sample.moment, actor: who, action: .show))
            for sql in [
                "UPDATE audit_records SET reason = 'none'", "DELETE FROM audit_records", "TRUNCATE audit_records",
            ] {
                let error = await postgresError { try await database.execute(sql) }
                #expect(error?.message.contains("append-only") == true, "\(sql)")
            }
            #expect(try await subject.audit.verify().breach == nil)
        }
    }

    @Test func anAuditThatWasTamperedWithIsFound() async throws {
        try await with { database, subject in
            for second in 0..<5 {
                let time = Timestamp(milliseconds: Sample.moment.milliseconds + Int64(second))
                let who = AuditActor(Sample.operator())
                try await subject.audit.append(AuditEntry(at: time, actor: who, action: .show, reason: "look"))
            }
            try await database.execute(
                """
                ALTER TABLE audit_records DISABLE TRIGGER USER;
                UPDATE audit_records SET reason = 'lock' WHERE sequence = 3;
                ALTER TABLE audit_records ENABLE TRIGGER USER;
                """
            )
            let result = try await subject.audit.verify(pageSize: 2)
            #expect(result.count == 2)
            #expect(result.breach == AuditBreach(sequence: 3, kind: .altered))
        }
    }

    @Test func theDatabaseItselfRefusesASecondReplayOfALetter() async throws {
        try await with { database, subject in
            let letter = Sample.letter("one")
            _ = try await subject.letters.keep([letter], at: Sample.moment)
            let plan = ReplayPlan(
                id: .random(),
                selection: .letters([letter.id]),
                reason: "test",
                orderedBy: Sample.operator(),
                orderedAt: Sample.moment
            )
            let audit = AuditEntry(at: Sample.moment, actor: .console, action: .orderReplay)
            _ = try await subject.jobs.create(plan, audit: audit)
            let error = await postgresError {
                try await database.execute(
                    "INSERT INTO replay_messages (job_id, letter_id, position) SELECT job_id, letter_id, 2 FROM replay_messages"
                )
            }
            #expect(error?.sqlState == .uniqueViolation)
        }
    }

    @Test func overviewIsReadable() async throws {
        try await with { database, subject in
            _ = try await subject.letters.keep([Sample.letter("one")], at: Sample.moment)
            #expect(
                try await database.int(
                    "SELECT count(*) FROM dead_letter_overview WHERE state = 'kept' AND reason = 'refused'"
                ) == 1
            )
        }
    }

    private func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
        do {
            try await body()
        } catch {
            return error as? PostgresError
        }
        return nil
    }
}
