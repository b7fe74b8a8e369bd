/// How much a worker does at once; what is not set, ``WorkerPlan`` says.
///
/// | setting | range | |
/// |---|---|---|
/// | `WORKER_LANES` | 1…64 | consumers, each with a thread and a database connection of its own |
/// | `WORKER_PREFETCH` | 1…65535 | unsettled deliveries a lane may hold |
/// | `WORKER_BATCH` | 1…10000 | commands in one transaction at most |
/// | `WORKER_RELEASE` | 1…128 characters | what this worker is called in the dead letters that it makes |
package struct WorkerSettings: Sendable, Equatable {
    package let lanes: Int?
    package let prefetch: Int?
    package let batch: Int?
    package let release: String?

    package init(reading reader: inout SettingsReader) {
        lanes = reader.integer(.workerLanes, in: 1...64)
        prefetch = reader.integer(.workerPrefetch, in: 1...65_535)
        batch = reader.integer(.workerBatch, in: 1...10_000)
        release = reader.value(.workerRelease)
        if let release, release.count > 128 || !release.unicodeScalars.allSatisfy(\.isPlain) {
            reader.refuse(.workerRelease, "is not 1 to 128 characters without white space")
        }
    }
}

extension Unicode.Scalar {
    fileprivate var isPlain: Bool { !properties.isWhitespace && value >= 0x20 && value != 0x7F }
}
