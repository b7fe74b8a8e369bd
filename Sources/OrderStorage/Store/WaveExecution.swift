internal import Orders
internal import Postgres

/// One wave: at most two round trips, of which the second is for what the first has found.
struct WaveExecution {
    private var creates: CreateStep
    private var cancels: CancelStep
    private var reads: ReadStep
    private let encoder: any EventEncoder

    init(_ wave: ExecutionPlan.Wave, of requests: [StoreRequest], ids: [OrderID?], encoder: any EventEncoder) {
        creates = CreateStep(wave.creates, of: requests, ids: ids)
        cancels = CancelStep(wave.cancels, of: requests)
        reads = ReadStep(wave, of: requests)
        self.encoder = encoder
    }

    /// The inserts and locks.
    var first: Batch {
        var batch = Batch()
        if !creates.isEmpty { creates.addInsert(to: &batch) }
        if !cancels.isEmpty { cancels.addLock(to: &batch) }
        return batch
    }

    mutating func received(first results: [Rows]) throws {
        var results = results[...]
        if !creates.isEmpty, let inserted = results.popFirst() { try creates.received(inserted: inserted) }
        if !cancels.isEmpty, let locked = results.popFirst(), let staged = results.popFirst() {
            try cancels.received(locked: locked, staged: staged, encoder: encoder)
        }
    }

    /// The look at ids that were taken, the changes that were decided, and the reads, which are to see all of it.
    var second: Batch {
        var batch = Batch()
        if creates.needsLookUp { creates.addLookUp(to: &batch) }
        if cancels.hasChanges { cancels.addChanges(to: &batch) }
        reads.add(to: &batch)
        return batch
    }

    mutating func received(second results: [Rows]) throws {
        var results = results[...]
        if creates.needsLookUp, let existing = results.popFirst() { try creates.received(existing: existing) }
        if cancels.hasChanges, let updated = results.popFirst() {
            try cancels.received(updated: updated)
            _ = results.popFirst()
        }
        try reads.received(&results)
    }

    func finish(_ results: inout [StoreResult?]) throws {
        try creates.finish(&results, encoder: encoder)
        cancels.finish(&results)
        reads.finish(&results)
    }
}
