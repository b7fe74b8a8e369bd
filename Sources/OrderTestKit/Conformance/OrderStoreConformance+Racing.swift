internal import Orders
internal import Testing

extension OrderStoreConformance {
    static let racing = [
        ConformanceCase("batches that race for the same keys make one order a key", racingBatches),
        ConformanceCase("cancels that race make one event", racingCancels),
    ]

    @Sendable private static func racingBatches(_ subject: StoreUnderTest) async throws {
        for round in 0..<5 {
            let tenant = Tenant(subject)
            let keys = (0..<40).map { "race-\(round)-\($0)" }
            let requests = keys.map { tenant.request(Sample.create($0)) }
            async let forwards = tenant.execute(requests, on: subject.store)
            async let backwards = tenant.execute(requests.reversed(), on: subject.other)
            let (one, two) = try await (forwards, Array(backwards.reversed()))
            #expect(one.map(\.createdOrder?.id) == keys.map(tenant.orderID))
            #expect(one.map(\.createdOrder) == two.map(\.createdOrder))
            for (one, two) in zip(one, two) {
                #expect(one.outcome.isReplay != two.outcome.isReplay, "one of the two is the first")
                #expect((one.event == nil) != (two.event == nil))
            }
            let staged = try await subject.outbox.scan(orders: keys.map(tenant.orderID), after: nil, limit: .test)
            #expect(staged.events.count == keys.count)
        }
    }

    @Sendable private static func racingCancels(_ subject: StoreUnderTest) async throws {
        let tenant = Tenant(subject)
        let keys = (0..<20).map { "race-\($0)" }
        try await tenant.execute(keys.map { tenant.request(Sample.create($0)) })
        let requests = keys.map { tenant.request(tenant.cancel($0), atSecond: 1) }
        async let forwards = tenant.execute(requests, on: subject.store)
        async let backwards = tenant.execute(requests.reversed(), on: subject.other)
        let (one, two) = try await (forwards, Array(backwards.reversed()))
        for (one, two) in zip(one, two) {
            #expect(one.cancelledOrder == two.cancelledOrder)
            #expect(one.cancelledOrder?.version == 2)
            #expect((one.event == nil) != (two.event == nil))
        }
    }
}
