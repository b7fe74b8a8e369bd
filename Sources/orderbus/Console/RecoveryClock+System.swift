internal import OrderRecovery
internal import OrderWorker

extension RecoveryClock {
    /// The machine's own clocks.
    static let system = RecoveryClock(
        now: WorkerClock.system.now,
        uptime: WorkerClock.system.uptime,
        sleep: { duration in try? await Task.sleep(for: duration) }
    )
}
