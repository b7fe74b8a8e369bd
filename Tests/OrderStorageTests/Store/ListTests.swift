import OrderStorage
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct ListTests {
    private func moment(_ offset: Int) -> Timestamp {
        Timestamp(milliseconds: Requests.now.milliseconds + Int64(offset))
    }

    private func pages(_ database: TestDatabase, limit: Int, status: OrderStatus? = nil, customer: String? = nil)
        async throws -> [[StoredOrder]]
    {
        var pages: [[StoredOrder]] = []
        var after: ListPosition?
        repeat {
            let request = Requests.list(status: status, customer: customer, limit: limit, after: after)
            let page = try #require(try await database.store.execute([request]).first?.page)
            pages.append(page.orders)
            after = page.next
        } while after != nil
        return pages
    }

    /// Many orders of one moment, so that the id must break the tie.
    @Test func pagesAreNewestFirstAndMissNothing() async throws {
        try await TestDatabase.with { database in
            for batch in 0..<3 {
                _ = try await database.store.execute(
                    (0..<10).map { Requests.create("\(batch)-\($0)", at: moment(batch)) }
                )
            }
            _ = try await database.store.execute([Requests.create("foreign", tenant: "other")])
            let pages = try await pages(database, limit: 7)
            #expect(pages.map(\.count) == [7, 7, 7, 7, 2])
            let keys = pages.joined().map { [$0.createdAt.milliseconds] }
            #expect(keys.map { $0[0] } == keys.map { $0[0] }.sorted(by: >))
            #expect(Set(pages.joined().map(\.id)).count == 30)
            let positions = pages.joined().map { ($0.createdAt, $0.id) }
            #expect(zip(positions, positions.dropFirst()).allSatisfy { $0 > $1 })
        }
    }

    @Test func pagingIsStableUnderInserts() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute((0..<20).map { Requests.create("old-\($0)", at: moment($0)) })
            let first = try #require(try await database.store.execute([Requests.list(limit: 10)]).first?.page)
            _ = try await database.store.execute((0..<20).map { Requests.create("new-\($0)", at: moment(100 + $0)) })
            let request = Requests.list(limit: 10, after: first.next)
            let second = try #require(try await database.store.execute([request]).first?.page)
            let expected = (0..<20).reversed().map { Requests.id("old-\($0)") }
            #expect((first.orders + second.orders).map(\.id) == expected)
            #expect(second.next == nil)
        }
    }

    @Test func filtersAreApplied() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute(
                (0..<12).map { Requests.create("\($0)", customer: "cust_\($0 % 3)", at: moment($0)) }
            )
            _ = try await database.store.execute([0, 1, 2, 3].map { Requests.cancel(Requests.id("\($0)")) })
            let byCustomer = try await pages(database, limit: 3, customer: "cust_0")
            #expect(byCustomer.map(\.count) == [3, 1])
            let cancelled = try await pages(database, limit: 50, status: .cancelled)
            #expect(cancelled.joined().map(\.id) == [3, 2, 1, 0].map { Requests.id("\($0)") })
            #expect(try await pages(database, limit: 50, status: .pending).joined().count == 8)
            let both = try await pages(database, limit: 50, status: .cancelled, customer: "cust_0")
            #expect(both.joined().map(\.id) == [3, 0].map { Requests.id("\($0)") })
            #expect(try await pages(database, limit: 50, status: .pending, customer: "cust_0").joined().count == 2)
            #expect(try await pages(database, limit: 50, status: .fulfilled).joined().isEmpty)
        }
    }

    @Test func manyReadsAreOneBatch() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one"), Requests.create("two", tenant: "other")])
            let two = Requests.id("two", tenant: "other")
            let results = try await database.store.execute([
                Requests.get(Requests.id("one")), Requests.list(), Requests.get(two),
                Requests.get(two, tenant: "other"),
                Requests.get(Requests.id("one")), Requests.list(tenant: "other"),
            ])
            #expect(results.map { $0.order?.id } == [Requests.id("one"), nil, nil, two, Requests.id("one"), nil])
            #expect(results[2].refusal == .orderNotFound)
            #expect(results[1].page?.orders.map(\.id) == [Requests.id("one")])
            #expect(results[5].page?.orders.map(\.id) == [two])
        }
    }
}
