internal import Orders
internal import Testing

extension DeadLetterConformance {
    static let changing = [
        DeadLetterCase("a revision keeps the original, and is what is sent", revisions),
        DeadLetterCase("of two revisions of one version, the second is a conflict", revisionConflict),
        DeadLetterCase("a revision can name the sender", revisionNamesCaller),
        DeadLetterCase("what waits is read as it would be sent, and mended together", mendsTogether),
        DeadLetterCase("what is discarded can be restored", discards),
        DeadLetterCase("retention removes what is due, some at a time", retention),
        DeadLetterCase("retention leaves the newest revision", revisionRetention),
    ]

    private static func draft(_ letter: ArrivedLetter, _ body: String, basedOn: Int, caller: Caller? = nil)
        -> RevisionDraft
    {
        var message = letter.message
        message.body = Array(body.utf8)
        message.bodyByteCount = Int64(message.body.count)
        let topic = LetterTopic(customerID: "cust_mended")
        return RevisionDraft(message: message, caller: caller, topic: topic, reason: "typo", basedOn: basedOn)
    }

    @Sendable private static func revisions(_ desk: Desk) async throws {
        let letter = Sample.letter("one")
        let id = try await desk.keep(letter)[0]
        for number in 1...2 {
            let draft = draft(letter, "{\"v\":\(number)}", basedOn: number - 1)
            let result = try await desk.letters.revise(id, draft, by: desk.who, audit: desk.entry(.revise, at: 5))
            guard case .made(let revision) = result else {
                Issue.record("\(result)")
                return
            }
            #expect(revision.number == number)
        }
        let file = try #require(try await desk.letters.show(id, within: .all))
        #expect(file.letter.message == letter.message)
        #expect(file.revisions.map(\.number) == [1, 2])
        #expect(file.revisions.map(\.madeBy) == ["ann (ops)", "ann (ops)"])
        #expect(file.current.body == Array("{\"v\":2}".utf8))
        #expect(file.letter.entry.topic.customerID == "cust_mended")
        let job = try await desk.order(desk.plan(.letters([id])))
        #expect(try await desk.take(1, of: job.id).map(\.message) == [file.current])
    }

    @Sendable private static func revisionConflict(_ desk: Desk) async throws {
        let letter = Sample.letter("one")
        let id = try await desk.keep(letter)[0]
        let draft = draft(letter, "{}", basedOn: 0)
        _ = try await desk.letters.revise(id, draft, by: desk.who, audit: desk.entry(.revise))
        guard
            case .conflict(let entry) = try await desk.letters.revise(
                id,
                draft,
                by: desk.who,
                audit: desk.entry(.revise)
            )
        else {
            Issue.record("the second revision was taken")
            return
        }
        #expect(entry.revision == 1)
        _ = try await desk.order(desk.plan(.letters([id])))
        let late = Self.draft(letter, "{}", basedOn: 1)
        let result = try await desk.letters.revise(id, late, by: desk.who, audit: desk.entry(.revise))
        guard case .conflict = result else {
            Issue.record("a letter was changed while it is replayed")
            return
        }
        #expect(try await desk.letters.show(id, within: .all)?.revisions.count == 1)
    }

    @Sendable private static func mendsTogether(_ desk: Desk) async throws {
        let letters = ["a", "b", "c", "d", "e"].map { Sample.letter($0) }
        var ids: [LetterID] = []
        for letter in letters { ids += try await desk.keep(letter) }
        let first = draft(letters[0], "{\"v\":1}", basedOn: 0)
        _ = try await desk.letters.revise(ids[0], first, by: desk.who, audit: desk.entry(.revise))
        _ = try await desk.letters.discard(.letters([ids[1]]), within: .all, audit: desk.entry(.discard))
        var (found, position): ([WaitingLetter], LetterPosition?) = ([], nil)
        repeat {
            let selection = LetterSelection.letters(ids.dropLast() + [ids[0]])
            let page = try await desk.letters.waiting(selection, within: .all, after: position, limit: 2)
            #expect(page.letters.count <= 2)
            found += page.letters
            position = page.next
        } while position != nil
        #expect(Set(found.map(\.entry.id)) == [ids[0], ids[2], ids[3]] && found.count == 3)
        #expect(found.first { $0.entry.id == ids[0] }?.message == first.message)
        #expect(found.first { $0.entry.id == ids[2] }?.message == letters[2].message)
        let all = LetterSelection.matching(LetterFilter())
        #expect(try await desk.letters.waiting(all, within: .all, after: nil, limit: 10).letters.count == 4)
        #expect(try await desk.letters.waiting(all, within: .one("else"), after: nil, limit: 10).letters.isEmpty)
        let requests = [(0, 0), (1, 0), (2, 0), (3, 0), (3, 0)].map { index, revision in
            RevisionRequest(
                letter: ids[index],
                draft: draft(letters[index], "{\"v\":2}", basedOn: revision),
                audit: desk.entry(.revise, at: 7)
            )
        }
        let results = try await desk.letters.revise(requests, by: desk.who)
        let made = results.map { if case .made(let revision) = $0 { revision.number } else { 0 } }
        #expect(made == [0, 0, 1, 1, 0], "older, discarded, two that wait, the same again")
        let body = try await desk.letters.show(ids[3], within: .all)?.current.body
        #expect(body == Array("{\"v\":2}".utf8))
        #expect(try await desk.audit.list(AuditFilter(action: .revise), within: .all).count == 3)
    }

    @Sendable private static func revisionNamesCaller(_ desk: Desk) async throws {
        let letter = Sample.letter("one", caller: nil)
        let id = try await desk.keep(letter)[0]
        #expect(try await desk.jobs.preview(.letters([id]), within: .all, sample: 1).withoutCaller == 1)
        let draft = draft(letter, "{}", basedOn: 0, caller: Sample.caller())
        _ = try await desk.letters.revise(id, draft, by: desk.who, audit: desk.entry(.revise))
        let entry = try #require(try await desk.shown(id))
        #expect(entry.caller == Sample.caller())
        #expect(try await desk.list(within: .one("acme")) == [id])
        let groups = try await desk.letters.groups(GroupFilter(isOpen: true), within: .one("acme"), at: desk.time(0))
        #expect(groups.map(\.id) == [entry.groupID])
        #expect(groups.first?.count(.kept) == 1)
    }

    @Sendable private static func discards(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c"))
        _ = try await desk.order(desk.plan(.letters([ids[2]])))
        let all = LetterSelection.matching(LetterFilter())
        let expected = ChangeCount(changed: 2, skipped: 1)
        #expect(try await desk.letters.count(all, in: .kept, within: .all) == expected)
        #expect(try await desk.letters.discard(all, within: .all, audit: desk.entry(.discard, at: 9)) == expected)
        #expect(try await desk.letters.count(.letters(ids), in: .discarded, within: .all) == expected)
        #expect(try await desk.shown(ids[0])?.changedAt == desk.time(9))
        #expect(
            try await desk.letters.restore(.letters([ids[0]]), within: .all, audit: desk.entry(.restore, at: 10))
                == ChangeCount(changed: 1, skipped: 0)
        )
        let unknown = LetterSelection.letters(ids + [LetterID(bits: 7)])
        let count = try await desk.letters.count(unknown, in: .discarded, within: .all)
        #expect(count == ChangeCount(changed: 1, skipped: 3))
        let file = try #require(try await desk.letters.show(ids[0], within: .all))
        #expect(
            file.moves == [
                LetterMove(to: .discarded, at: desk.time(9), by: "ann (ops)", reason: "test"),
                LetterMove(to: .kept, at: desk.time(10), by: "ann (ops)", reason: "test"),
            ]
        )
        #expect(try await desk.letters.show(ids[2], within: .all)?.moves.isEmpty == true, "it was left out")
        #expect(try await desk.list(LetterFilter(states: [.kept])) == [ids[0]])
        let records = try await desk.audit.list(AuditFilter(action: .discard), within: .all)
        #expect(records.first?.entry.details == [AuditDetail("changed", "2"), AuditDetail("skipped", "1")])
        #expect(records.first?.entry.reason == "test")
    }

    @Sendable private static func retention(_ desk: Desk) async throws {
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c"), Sample.letter("d"))
        _ = try await desk.letters.discard(
            .letters([ids[0], ids[1]]),
            within: .all,
            audit: desk.entry(.discard, at: 10)
        )
        let job = try await desk.order(desk.plan(.letters([ids[3]])))
        #expect(try await desk.retire(settledBefore: 10, keptBefore: 0, limit: 100) == 0)
        #expect(try await desk.retire(settledBefore: 11, keptBefore: 0, limit: 1) == 1)
        #expect(try await desk.retire(settledBefore: 11, keptBefore: 0, limit: 100) == 1)
        #expect(try await desk.retire(settledBefore: 1000, keptBefore: 1000, limit: 100) == 1)
        #expect(try await desk.list() == [ids[3]], "what is being replayed stays")
        #expect(try await desk.jobs.retireJobs(endedBefore: desk.time(10_000), limit: 100) == 0)
        _ = try await desk.jobs.control(job.id, .cancel, within: .all, audit: desk.entry(.cancelReplay, at: 200))
        #expect(try await desk.jobs.retireJobs(endedBefore: desk.time(10_000), limit: 100) > 0)
        #expect(try await desk.jobs.job(job.id, within: .all) == nil)
    }

    @Sendable private static func revisionRetention(_ desk: Desk) async throws {
        let (letter, open) = (Sample.letter("a"), Sample.letter("b"))
        let ids = try await desk.keep(letter, open)
        for number in 0..<3 {
            for (id, arrived) in zip(ids, [letter, open]) {
                var message = arrived.message
                message.body = Array("{\"try\":\(number)}".utf8)
                let draft = RevisionDraft(
                    message: message,
                    caller: nil,
                    topic: arrived.topic,
                    reason: "try",
                    basedOn: number
                )
                _ = try await desk.letters.revise(id, draft, by: desk.who, audit: desk.entry(.revise, at: 1))
            }
        }
        let selection = LetterSelection.letters([ids[0]])
        _ = try await desk.letters.discard(selection, within: .all, audit: desk.entry(.discard, at: 10))
        #expect(try await desk.letters.retireRevisions(settledBefore: desk.time(10), limit: 100) == 0)
        #expect(try await desk.letters.retireRevisions(settledBefore: desk.time(11), limit: 1) == 1)
        #expect(try await desk.letters.retireRevisions(settledBefore: desk.time(11), limit: 100) == 1)
        let file = try #require(try await desk.letters.show(ids[0], within: .all))
        #expect(file.revisions.map(\.number) == [3])
        #expect(file.current.body == Array("{\"try\":2}".utf8))
        #expect(try await desk.letters.show(ids[1], within: .all)?.revisions.count == 3, "what waits is left alone")
    }
}
