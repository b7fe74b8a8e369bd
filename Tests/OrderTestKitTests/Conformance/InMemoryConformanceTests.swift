import OrderTestKit
import Orders
import Testing

@Suite(.timeLimit(.minutes(3))) struct InMemoryConformanceTests {
    private let subject: StoreUnderTest

    init() {
        let store = InMemoryOrderStore()
        subject = StoreUnderTest(store: store, other: store, outbox: store) { status, id in
            store.setStatus(status, of: id)
        }
    }

    @Test(arguments: OrderStoreConformance.cases)
    func inMemoryStoreConforms(_ conformance: ConformanceCase<StoreUnderTest>) async throws {
        try await conformance.run(on: subject)
    }

    @Test(arguments: EventOutboxConformance.cases)
    func inMemoryOutboxConforms(_ conformance: ConformanceCase<StoreUnderTest>) async throws {
        try await conformance.run(on: subject)
    }

    @Test(arguments: SuspectLedgerConformance.cases)
    func inMemoryLedgerConforms(_ conformance: ConformanceCase<LedgerUnderTest>) async throws {
        let ledger = InMemorySuspectLedger()
        try await conformance.run(on: LedgerUnderTest(here: ledger, there: ledger))
    }
}
