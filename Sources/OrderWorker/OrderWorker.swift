/// The lanes and the relay as one.
package struct OrderWorker: Sendable {
    private let lanes: [Lane]
    private let relay: EventRelay

    package init(lanes: [Lane], relay: EventRelay) {
        self.lanes = lanes
        self.relay = relay
    }

    /// Works until `beginShutdown()` has been called and everything in hand is settled, or the task is cancelled,
    /// which hands everything back.
    package func run() async {
        await withTaskGroup { group in
            // The relay outlives the lanes, so that what they commit last is still published.
            group.addTask(executorPreference: relay.executor as? any TaskExecutor) { await relay.run() }
            await withTaskGroup { laneGroup in
                for lane in lanes {
                    // Without the preference, whatever resumes a lane would go through the global pool first.
                    laneGroup.addTask(executorPreference: lane.executor as? any TaskExecutor) { await lane.run() }
                }
            }
            relay.finish()
        }
    }

    /// Stops taking commands in all lanes.
    package func beginShutdown() async {
        await withTaskGroup { group in
            for lane in lanes { group.addTask { await lane.beginShutdown() } }
        }
    }
}
