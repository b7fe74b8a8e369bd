internal import Orders
internal import Testing

extension DeadLetterConformance {
    static let keeping = [
        DeadLetterCase("a letter that comes twice is one entry", twiceIsOne),
        DeadLetterCase("a letter is kept to the byte", exactBytes),
        DeadLetterCase("a letter that dies again waits again, and counts", diesAgain),
        DeadLetterCase("what comes back from a replay ends it", comesBack),
        DeadLetterCase("what comes back unrouted ends its replay, once", comesBackUnrouted),
        DeadLetterCase("an import is audited and takes nothing twice", imports),
    ]

    @Sendable private static func twiceIsOne(_ desk: Desk) async throws {
        let letter = Sample.letter("one")
        #expect(try await desk.letters.keep([letter, letter, Sample.letter("two")], at: desk.time(0)) == 2)
        #expect(try await desk.letters.keep([letter], at: desk.time(9)) == 0)
        let entry = try #require(try await desk.shown(letter.id))
        #expect(entry.arrivals == 1)
        #expect(entry.arrivedAt == desk.time(0))
        #expect(try await desk.letters.keep([], at: desk.time(0)) == 0)
    }

    @Sendable private static func exactBytes(_ desk: Desk) async throws {
        var letter = Sample.letter("odd")
        var message = letter.message
        message.body = [0xff, 0, 0xc0, 0x22]
        message.bodyByteCount = 5_000_000
        message.properties.correlationID = [0xff, 0]
        message.headers.append(
            LetterHeader("nested", .table([LetterHeader("n", .double(bits: 0xfff8_0000_0000_0001))]))
        )
        letter = ArrivedLetter(
            id: letter.id,
            message: message,
            command: "no\u{0}such",
            failure: letter.failure,
            origin: letter.origin,
            caller: nil,
            topic: LetterTopic()
        )
        try await desk.keep(letter)
        let file = try #require(try await desk.letters.show(letter.id, within: .all))
        #expect(file.letter.message == message)
        #expect(file.letter.message.isBodyMissing)
        #expect(file.letter.entry.caller == nil)
        let page = try await desk.letters.letters(LetterFilter(), within: .all, after: nil, limit: 10)
        #expect(page.letters.map(\.message) == [message])
    }

    @Sendable private static func diesAgain(_ desk: Desk) async throws {
        let id = try await desk.keep(Sample.letter("one"))[0]
        _ = try await desk.letters.discard(.letters([id]), within: .all, audit: desk.entry(.discard))
        let again = Sample.letter("one", code: "ORDER_VALIDATION_FAILED", error: "no", second: 60)
        #expect(try await desk.letters.keep([again], at: desk.time(61)) == 0)
        let entry = try #require(try await desk.shown(id))
        #expect(entry.state == .kept)
        #expect(entry.arrivals == 2)
        #expect(entry.failure.attempts == 2)
        #expect(entry.failure.code == "ORDER_VALIDATION_FAILED")
        #expect(entry.failure.firstFailedAt == desk.time(0))
        #expect(entry.failure.lastFailedAt == desk.time(60))
        #expect(entry.repeatFailures == 0)
        let groups = try await desk.letters.groups(GroupFilter(isOpen: true), within: .all, at: desk.time(61))
        #expect(groups.map(\.code) == ["ORDER_VALIDATION_FAILED"])
        #expect(groups.first?.id == entry.groupID)
    }

    @Sendable private static func comesBack(_ desk: Desk) async throws {
        let id = try await desk.keep(Sample.letter("one"))[0]
        let job = try await desk.order(desk.plan(.letters([id])))
        #expect(try await desk.take(1, of: job.id).map(\.entry.id) == [id])
        _ = try await desk.letters.keep([Sample.letter("one", second: 200, replay: job.id)], at: desk.time(200))
        let entry = try #require(try await desk.shown(id))
        #expect(entry.state == .kept)
        #expect(entry.repeatFailures == 1)
        let records = try await desk.jobs.records(of: job.id, states: [], after: 0, limit: 10)
        #expect(records.map(\.result) == [.died(code: "INTERNAL", message: "The command could not be stored: 23514")])
        #expect(try await desk.jobs.job(job.id, within: .all)?.counts == ReplayCounts(failed: 1))
    }

    /// The broker gives what it cannot route no time of its own.
    @Sendable private static func comesBackUnrouted(_ desk: Desk) async throws {
        let first = Sample.letter("one", code: "NO_ROUTE", isDated: false)
        let id = try await desk.keep(first)[0]
        let job = try await desk.order(desk.plan(.letters([id])))
        _ = try await desk.take(1, of: job.id)
        let returned = Sample.letter("one", code: "NO_ROUTE", isDated: false, replay: job.id)
        for (letters, second) in [([first], 190), ([first, returned], 200), ([returned], 210)] {
            #expect(try await desk.letters.keep(letters, at: desk.time(Int64(second))) == 0)
        }
        let entry = try #require(try await desk.shown(id))
        #expect(entry.state == .kept)
        #expect(entry.failure.firstFailedAt == desk.time(0) && entry.failure.lastFailedAt == desk.time(200))
        #expect(entry.arrivals == 2 && entry.repeatFailures == 1)
        #expect(try await desk.jobs.job(job.id, within: .all)?.counts == ReplayCounts(failed: 1))
    }

    @Sendable private static func imports(_ desk: Desk) async throws {
        let letters = ["one", "two"].map { Sample.letter($0) }
        for new in [2, 0] {
            let audit = desk.entry(.importLetters)
            #expect(try await desk.letters.importLetters(letters, at: desk.time(0), audit: audit) == new)
        }
        let records = try await desk.audit.list(AuditFilter(), within: .all)
        #expect(records.map(\.entry.details.last) == [AuditDetail("new", "0"), AuditDetail("new", "2")])
    }
}
