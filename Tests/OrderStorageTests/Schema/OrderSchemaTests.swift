import OrderStorage
import Orders
import Postgres
import Testing

@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct OrderSchemaTests {
    @Test func schemaIsCurrentAfterItsMigrations() async throws {
        try await TestDatabase.with { database in
            try await OrderSchema.runner.requireCurrent(database.connection, within: .seconds(40))
            #expect(try await OrderSchema.runner.migrate(database.connection, within: .seconds(40)).isEmpty)
        }
    }

    @Test func databaseWritesIdsAsTheProgramDoes() async throws {
        try await TestDatabase.with { database in
            for _ in 0..<20 {
                let id = OrderID(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
                let sql = "SELECT order_reference($1), order_id($2)"
                let uuid = UInt128(id.high) << 64 | UInt128(id.low)
                let statement = Statement("ids", parameters: [.uuid, .text], sql)
                let results = try await database.connection.run(
                    Batch(statement, [.uuid(uuid), .text("\(id)")]),
                    within: .seconds(40)
                )
                let row = try #require(results.first?.first)
                #expect(try row.string(0) == "\(id)")
                #expect(try row.uuid(1) == uuid)
            }
        }
    }

    @Test func overviewIsReadable() async throws {
        try await TestDatabase.with { database in
            _ = try await database.store.execute([Requests.create("one"), Requests.create("two")])
            _ = try await database.store.execute([Requests.cancel(Requests.id("two"), reason: "because")])
            #expect(
                try await database.int(
                    """
                    SELECT count(*) FROM order_overview WHERE order_id = '\(Requests.id("two"))'
                    AND status = 'CANCELLED' AND cancel_reason = 'because'
                    """
                ) == 1
            )
        }
    }
}
