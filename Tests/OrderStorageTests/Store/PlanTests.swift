import OrderStorage
import Orders
import Postgres
import Testing

/// Symptom: statements planned while the tables were empty read millions of rows from end to end later on.
@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct PlanTests {
    @Test func plansMadeForEmptyTablesUseIndexes() async throws {
        try await TestDatabase.with { database in
            try await database.connection.execute(script: "ANALYZE orders, outbox", within: .seconds(60))
            let (id, position) = (
                Requests.id("one"), ListPosition(createdAt: Requests.now, orderID: Requests.id("one"))
            )
            _ = try await database.store.execute([Requests.create("one"), Requests.create("one", content: 2)])
            _ = try await database.store.execute([Requests.create("one"), Requests.create("two")])
            _ = try await database.store.execute([
                Requests.cancel(id), Requests.get(id), Requests.list(after: position),
                Requests.list(customer: "cust_1"), Requests.list(status: .cancelled), Requests.list(status: .pending),
            ])
            let limit = EventLimit(count: 500, bytes: 1 << 20)
            _ = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
            _ = try await database.outbox.scan(orders: [id], after: nil, limit: limit)
            _ = try await database.outbox.statistics()
            try await database.outbox.delete([StagedEventKey(orderID: id, version: 1)])

            let names = try await rows(
                database,
                "SELECT name, cardinality(parameter_types) FROM pg_prepared_statements WHERE name LIKE 'o%'"
            )
            var explained: Set<String> = []
            for row in names {
                let name = try row.string(0)
                let arguments = Array(repeating: "NULL", count: Int(try row.int32(1))).joined(separator: ", ")
                let call = arguments.isEmpty ? "" : "(\(arguments))"
                let plan = try await plan(database, name + call)
                #expect(!plan.contains("Seq Scan"), "\(plan)")
                #expect(!plan.contains("Merge"), "\(plan)")
                explained.insert(name)
            }
            #expect(explained.isSuperset(of: ["orders_insert", "order_insert", "orders_look_up"]))
            #expect(explained.isSuperset(of: ["orders_lock", "orders_cancel"]))
            #expect(explained.isSuperset(of: ["orders_get", "orders_list", "orders_list_status", "outbox_staged"]))
            #expect(explained.isSuperset(of: ["outbox_scan_500", "outbox_scan_orders_500", "outbox_delete"]))
        }
    }

    /// Symptom: a customer without orders took seconds in a table with a million orders of another.
    @Test func customersOrdersAreFoundByCustomerHoweverFewThereAre() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute((0..<1000).map { Requests.create("order-\($0)") })
            try await database.connection.execute(script: "ANALYZE orders", within: .seconds(60))
            _ = try await database.store.execute([Requests.list(customer: "cust_1")])
            let plan = try await plan(database, "orders_list_customer(NULL, NULL, NULL, NULL, NULL)")
            #expect(plan.contains("orders_by_customer"), "\(plan)")
        }
    }

    /// Symptom: a pause, in which the empty outbox was vacuumed, cost the next burst of orders a third of its speed.
    @Test func eventsAreFoundByTheirKeysThoughTheOutboxWasVacuumedWhenItWasEmpty() async throws {
        try await TestDatabase.with { database in
            for script in [
                """
                INSERT INTO outbox (order_id, version, created_at, type)
                SELECT gen_random_uuid(), 1, now(), 'order.created.v1' FROM generate_series(1, 20000)
                """,
                "DELETE FROM outbox", "VACUUM outbox",
            ] {
                try await database.connection.execute(script: script, within: .seconds(60))
            }
            try await database.outbox.delete([StagedEventKey(orderID: Requests.id("one"), version: 1)])
            let limit = EventLimit(count: 500, bytes: 1 << 20)
            _ = try await database.outbox.scan(after: nil, minimumAge: .zero, limit: limit)
            _ = try await database.outbox.scan(orders: [Requests.id("one")], after: nil, limit: limit)
            for call in [
                "outbox_delete(NULL, NULL)", "outbox_scan_500(NULL, NULL, NULL, NULL)",
                "outbox_scan_orders_500(NULL, NULL, NULL, NULL)",
            ] {
                let plan = try await plan(database, call)
                #expect(!Self.readsAll(plan), "\(plan)")
            }
        }
    }

    /// A scan of an index from end to end: none of its conditions are looked up there.
    private static func readsAll(_ plan: String) -> Bool {
        let lines = plan.split(separator: "\n")
        return zip(lines, lines.dropFirst() + [""]).contains { line, next in
            line.contains("Index") && line.contains("Scan using") && !next.contains("Index Cond")
        }
    }

    private func plan(_ database: TestDatabase, _ call: String) async throws -> String {
        try await rows(database, "EXPLAIN EXECUTE \(call)").map { try $0.string(0) }.joined(separator: "\n")
    }

    private func rows(_ database: TestDatabase, _ sql: String) async throws -> [Row] {
        let results = try await database.connection.run(Batch(Statement(sql, sql)), within: .seconds(60))
        return results.first.map { Array($0) } ?? []
    }
}
