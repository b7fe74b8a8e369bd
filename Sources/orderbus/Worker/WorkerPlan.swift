internal import OrderMessaging

/// How many lanes there are, and how wide.
struct WorkerPlan {
    struct LanePlan {
        let name: String
        let queue: String
    }

    /// One lane keeps a core busy and batches best; more are for machines that leave it one.
    static let defaultLanes = 1
    /// Enough for the next batches to be here while one commits.
    static let defaultPrefetch = 2000
    static let defaultBatch = 500
    /// How long acknowledgements, and events to be published, may wait for company.
    ///
    /// They come after the reply, and each costs the broker a write to disk that the next command would wait for.
    static let linger = Duration.milliseconds(20)

    let lanes: [LanePlan]
    let prefetch: Int
    let batch: Int

    init(_ settings: WorkerSettings) {
        let count = settings.lanes ?? Self.defaultLanes
        lanes =
            (1...count).map { LanePlan(name: "commands-\($0)", queue: Topology.commandQueue) }
            + [LanePlan(name: "queries", queue: Topology.queryQueue)]
        prefetch = settings.prefetch ?? Self.defaultPrefetch
        batch = settings.batch ?? Self.defaultBatch
    }
}
