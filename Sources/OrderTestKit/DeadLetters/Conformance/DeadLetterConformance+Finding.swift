internal import Orders
internal import Testing

extension DeadLetterConformance {
    package static let finding = [
        DeadLetterCase("pages go through everything, newest first", pages),
        DeadLetterCase("every filter finds what it says", filters),
        DeadLetterCase("a text is found in body and error, byte for byte", texts),
        DeadLetterCase("a place in the JSON of a body is found", bodies),
        DeadLetterCase("another tenant's letters do not exist", reach),
        DeadLetterCase("groups count by state and hour", groups),
        DeadLetterCase("pages of groups hold each group once", groupPages),
        DeadLetterCase("the figures add up", figures),
    ]

    @Sendable private static func pages(_ desk: Desk) async throws {
        // Two of a moment: the id decides.
        _ = try await desk.letters.keep((0..<3).map { Sample.letter("same-\($0)") }, at: desk.time(50))
        try await desk.keep(Sample.letter("a"), Sample.letter("b"), Sample.letter("c"), Sample.letter("d"))
        let all = try await desk.list()
        #expect(all.count == 7)
        #expect(all.suffix(4) == ["d", "c", "b", "a"].map { Sample.letter($0).id })
        for limit in 1...8 {
            #expect(try await desk.list(limit: limit) == all)
        }
    }

    @Sendable private static func filters(_ desk: Desk) async throws {
        let other = Sample.caller(tenant: "umbrella", clientID: "shop")
        let one = Sample.letter("one", caller: other, code: "X", error: "x", reason: .expired, customerID: "cust_9")
        let ids = try await desk.keep(one, Sample.letter("two"), Sample.letter("three"))
        _ = try await desk.letters.discard(.letters([ids[2]]), within: .all, audit: desk.entry(.discard))
        let group = try #require(try await desk.shown(ids[0])).groupID
        let cases: [(LetterFilter, [Int])] = [
            (LetterFilter(states: [.kept]), [1, 0]),
            (LetterFilter(states: [.kept, .discarded]), [2, 1, 0]),
            (LetterFilter(states: [.replayed]), []),
            (LetterFilter(group: group), [0]),
            (LetterFilter(command: "order.create.v1"), [2, 1, 0]),
            (LetterFilter(command: "order.cancel.v1"), []),
            (LetterFilter(code: "X"), [0]),
            (LetterFilter(reason: .expired), [0]),
            (LetterFilter(release: "1.0.0"), [2, 1, 0]),
            (LetterFilter(release: "1.0.1"), []),
            (LetterFilter(tenant: "umbrella"), [0]),
            (LetterFilter(clientID: "loadgen"), [2, 1]),
            (LetterFilter(customerID: "cust_9"), [0]),
            (LetterFilter(orderID: Sample.orderID("none")), []),
            (LetterFilter(arrivedFrom: desk.time(1)), [2, 1]),
            (LetterFilter(arrivedBefore: desk.time(1)), [0]),
            (LetterFilter(arrivedFrom: desk.time(1), arrivedBefore: desk.time(2)), [1]),
            (LetterFilter(hasFailedAgain: false), [2, 1, 0]),
            (LetterFilter(hasFailedAgain: true), []),
            (LetterFilter(states: [.kept], code: "X", tenant: "umbrella"), [0]),
        ]
        for (filter, expected) in cases {
            #expect(try await desk.list(filter) == expected.map { ids[$0] }, "\(filter)")
            let count = try await desk.letters.count(.matching(filter), in: .kept, within: .all)
            let kept = expected.count { $0 != 2 }
            #expect(count == ChangeCount(changed: kept, skipped: expected.count - kept), "\(filter)")
        }
    }

    @Sendable private static func texts(_ desk: Desk) async throws {
        let ids = try await desk.keep(
            Sample.letter("one", body: "{\"note\":\"50% of_all\"}"),
            Sample.letter("two", error: "a 50% of_all error", body: "nothing"),
            Sample.letter("three", error: "none", body: "naïve")
        )
        #expect(try await desk.list(LetterFilter(text: "50% of_all")) == [ids[1], ids[0]])
        #expect(try await desk.list(LetterFilter(text: "50%_of")).isEmpty)
        #expect(try await desk.list(LetterFilter(text: "naïve")) == [ids[2]])
        #expect(try await desk.list(LetterFilter(text: "NOTHING")).isEmpty)
        #expect(try await desk.list(LetterFilter(tenant: "acme", text: "not")) == [ids[1], ids[0]])
        let nothing = ChangeCount(changed: 0, skipped: 0)
        let injection = LetterSelection.matching(LetterFilter(text: "'; DROP"))
        #expect(try await desk.letters.count(injection, in: .kept, within: .all) == nothing)
    }

    @Sendable private static func bodies(_ desk: Desk) async throws {
        let ids = try await desk.keep(
            Sample.letter("one", body: #"{"items":[{"sku":"A","n":1},{"sku":"B","n":2.50}],"ok":true,"x":null}"#),
            Sample.letter("two", body: #"{"items":[{"sku":"C"}],"a \"b\" ü":{"c":"1"}}"#),
            Sample.letter("three", body: "no JSON at all"),
            Sample.letter("four", body: "{\"nul\":\"\\u0000\"}")
        )
        let cases: [(String, BodyMatch.Condition, [Int])] = [
            ("items[*].sku", .equals("A"), [0]), ("items[*].sku", .equals("B"), [0]),
            ("items[0].sku", .equals("B"), []), ("items[1].sku", .equals("B"), [0]),
            ("items.sku", .equals("C"), [1]), ("items[*].n", .equals("2.5"), [0]), ("items[*].n", .equals("1"), [0]),
            ("ok", .equals("true"), [0]), ("ok", .equals("1"), []), ("x", .equals("null"), [0]), ("x", .exists, [0]),
            ("items[*].sku", .exists, [1, 0]), ("nope", .exists, []), ("items", .equals("' OR true"), []),
            ("items[*].sku", .equals("\") || (1 == 1"), []),
        ]
        for (text, condition, expected) in cases {
            let path = try #require(BodyPath(text))
            let filter = LetterFilter(body: BodyMatch(path: path, condition: condition))
            #expect(try await desk.list(filter) == expected.map { ids[$0] }, "\(text) \(condition)")
        }
    }

    @Sendable private static func reach(_ desk: Desk) async throws {
        let own = Sample.letter("own", caller: Sample.caller(tenant: "acme"))
        let foreign = Sample.letter("foreign", caller: Sample.caller(tenant: "umbrella"))
        let ids = try await desk.keep(own, foreign, Sample.letter("nobody", caller: nil))
        let acme = TenantReach.one("acme")
        let who = Sample.operator(reach: acme)
        #expect(try await desk.list(within: acme) == [ids[0]])
        #expect(try await desk.list(LetterFilter(tenant: "umbrella"), within: acme).isEmpty)
        #expect(try await desk.letters.show(ids[1], within: acme) == nil)
        for (selection, skipped) in [(LetterSelection.matching(LetterFilter()), 0), (.letters(ids), 2)] {
            let count = try await desk.letters.count(selection, in: .kept, within: acme)
            #expect(count == ChangeCount(changed: 1, skipped: skipped))
        }
        let groups = try await desk.letters.groups(GroupFilter(), within: acme, at: desk.time(0))
        #expect(groups.map(\.tenant) == ["acme"])
        let discarded = try await desk.letters.discard(.letters(ids), within: acme, audit: desk.entry(.discard))
        #expect(discarded == ChangeCount(changed: 1, skipped: 2))
        let draft = RevisionDraft(message: own.message, caller: nil, topic: own.topic, reason: "", basedOn: 0)
        #expect(try await desk.letters.revise(ids[1], draft, by: who, audit: desk.entry(.revise)) == .notFound)
        let all = try await desk.letters.groups(GroupFilter(tenant: "umbrella"), within: .all, at: desk.time(0))
        let hold = GroupNoteChange(isOnHold: true)
        #expect(all.count == 1)
        for group in all {
            #expect(try await !desk.letters.annotate(group.id, hold, by: who, audit: desk.entry(.annotate)))
        }
        let job = try await desk.order(desk.plan(.letters(ids), by: desk.who))
        #expect(job.counts.total == 2)
        #expect(try await desk.jobs.job(job.id, within: acme) == nil)
        #expect(try await desk.jobs.control(job.id, .pause, within: acme, audit: desk.entry(.pauseReplay)) == nil)
    }

    @Sendable private static func groups(_ desk: Desk) async throws {
        let hour: Int64 = 3600
        let old = ["a", "b", "c"].map { Sample.letter($0, error: "id \($0)1 is wrong") }
        _ = try await desk.letters.keep(Array(old.prefix(2)), at: desk.time(-2 * hour))
        _ = try await desk.letters.keep([old[2]], at: desk.time(0))
        _ = try await desk.letters.keep([Sample.letter("d", code: "OTHER")], at: desk.time(0))
        _ = try await desk.letters.discard(.letters([old[0].id]), within: .all, audit: desk.entry(.discard))
        let filter = GroupFilter(inflowHours: 4)
        let groups = try await desk.letters.groups(filter, within: .all, at: desk.time(60))
        #expect(groups.map(\.code) == ["INTERNAL", "OTHER"])
        let first = try #require(groups.first)
        #expect(first.pattern == "id … is wrong")
        #expect(first.count(.kept) == 2)
        #expect(first.count(.discarded) == 1)
        #expect(first.inflow == [0, 2, 0, 1])
        #expect(first.firstSeenAt == desk.time(-2 * hour))
        #expect(first.lastSeenAt == desk.time(0))
        #expect(first.oldestKeptAt == desk.time(-2 * hour))
        let changes = [
            GroupNoteChange(text: "known", owner: "bob", ticket: "https://tickets/1", isOnHold: true),
            GroupNoteChange(text: "", owner: "ann"),
        ]
        for change in changes {
            let audit = desk.entry(.annotate, at: 70)
            #expect(try await desk.letters.annotate(first.id, change, by: desk.who, audit: audit))
        }
        let onHold = try await desk.letters.groups(GroupFilter(isOnHold: true), within: .all, at: desk.time(60))
        let note = GroupNote(owner: "ann", ticket: "https://tickets/1", isOnHold: true)
        #expect(onHold.map(\.note) == [note], "what was not sent stays")
        #expect(onHold.first?.notedBy == "ann (ops)")
        #expect(onHold.first?.notedAt == desk.time(70))
    }

    @Sendable private static func groupPages(_ desk: Desk) async throws {
        // Two as old and as large as each other, so that the id alone tells them apart.
        for (code, count) in [("FEW", 1), ("MANY", 3), ("OTHER", 1)] {
            let letters = (0..<count).map { Sample.letter("\(code) \($0)", code: code, error: "Bad \(code)") }
            _ = try await desk.letters.keep(letters, at: desk.time(0))
        }
        func page(_ filter: GroupFilter) async throws -> [LetterGroup] {
            try await desk.letters.groups(filter, within: .all, at: desk.time(0))
        }
        let all = try await page(GroupFilter())
        #expect(all.map { $0.count(.kept) } == [3, 1, 1])
        var (paged, position): ([GroupID], GroupPosition?) = ([], nil)
        repeat {
            let next = try await page(GroupFilter(after: position, limit: 1))
            paged += next.map(\.id)
            position = next.last?.position
        } while position != nil && paged.count <= all.count
        #expect(paged == all.map(\.id))
        #expect(try await page(GroupFilter(text: "bad many")).map(\.code) == ["MANY"])
        #expect(try await page(GroupFilter(text: "%")).isEmpty)
        #expect(try await page(GroupFilter(state: .discarded)).isEmpty)
        let first = try #require(all.first)
        let selection = LetterSelection.matching(LetterFilter(group: first.id))
        _ = try await desk.letters.discard(selection, within: .all, audit: desk.entry(.discard))
        #expect(try await page(GroupFilter(state: .discarded)).map(\.id) == [first.id])
        #expect(try await page(GroupFilter(state: .kept)).count == 2)
    }

    @Sendable private static func figures(_ desk: Desk) async throws {
        #expect(try await desk.letters.statistics(at: desk.time(0)).oldestKeptAt == nil)
        let ids = try await desk.keep(Sample.letter("a"), Sample.letter("b", reason: .expired), Sample.letter("c"))
        _ = try await desk.letters.discard(.letters([ids[0]]), within: .all, audit: desk.entry(.discard))
        _ = try await desk.order(desk.plan(.letters([ids[2]])))
        let figures = try await desk.letters.statistics(at: desk.time(60))
        #expect(figures.counts.filter { $0.value > 0 } == [.kept: 1, .discarded: 1, .replaying: 1])
        #expect(figures.keptByReason == [.expired: 1])
        #expect(figures.oldestKeptAt == desk.time(1))
        #expect(figures.inflowLastDay == 3)
        #expect(figures.jobs == [.running: 1])
    }
}
