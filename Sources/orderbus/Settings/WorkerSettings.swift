/// How much a worker does at once; what is not set is chosen from the cores.
///
/// | setting | range | |
/// |---|---|---|
/// | `WORKER_LANES` | 1…64 | consumers, each with a thread and a database connection of its own |
/// | `WORKER_PREFETCH` | 1…65535 | unsettled deliveries a lane may hold |
/// | `WORKER_BATCH` | 1…10000 | commands in one transaction at most |
package struct WorkerSettings: Sendable, Equatable {
    package let lanes: Int?
    package let prefetch: Int?
    package let batch: Int?

    package init(reading reader: inout SettingsReader) {
        lanes = reader.integer(.workerLanes, in: 1...64)
        prefetch = reader.integer(.workerPrefetch, in: 1...65_535)
        batch = reader.integer(.workerBatch, in: 1...10_000)
    }
}
