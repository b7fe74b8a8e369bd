import OrderStorage
import OrderTestKit
import Orders
import Postgres
import Testing

/// The suites that the in-memory store passes too, on the real database.
@Suite(.enabled(if: TestDatabase.isEnabled, TestDatabase.whyDisabled), .timeLimit(.minutes(3)))
struct PostgresConformanceTests {
    private func run(_ conformance: ConformanceCase<StoreUnderTest>) async throws {
        try await TestDatabase.with { database in
            let (session, encoder) = (try database.connect(), PlainEventEncoder())
            let subject = StoreUnderTest(
                store: PostgresOrderStore(database.connection, encoder: encoder),
                other: PostgresOrderStore(session, encoder: encoder),
                outbox: PostgresOutbox(database.connection, encoder: encoder)
            ) { status, id in
                let position = OrderStatus.allCases.firstIndex(of: status) ?? -1
                try await session.execute(
                    script: """
                        UPDATE orders SET status = \(position), version = version + 1 WHERE id = order_id('\(id)')
                        """,
                    within: .seconds(60)
                )
            }
            try await conformance.run(on: subject)
            await session.close()
        }
    }

    @Test(arguments: OrderStoreConformance.cases)
    func storeDoesWhatEveryStoreDoes(conformance: ConformanceCase<StoreUnderTest>) async throws {
        try await run(conformance)
    }

    @Test(arguments: EventOutboxConformance.cases)
    func outboxDoesWhatEveryOutboxDoes(conformance: ConformanceCase<StoreUnderTest>) async throws {
        try await run(conformance)
    }

    @Test(arguments: SuspectLedgerConformance.cases)
    func ledgerDoesWhatEveryLedgerDoes(conformance: ConformanceCase<LedgerUnderTest>) async throws {
        try await TestDatabase.with { database in
            let session = try database.connect()
            try await conformance.run(
                on: LedgerUnderTest(
                    here: PostgresSuspectLedger(database.connection),
                    there: PostgresSuspectLedger(session)
                )
            )
            await session.close()
        }
    }
}
