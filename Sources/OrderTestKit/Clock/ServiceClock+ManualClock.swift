package import Orders

extension ServiceClock {
    /// The time that a test moves.
    package init(_ clock: ManualClock) {
        self.init(now: { clock.now }, uptime: { clock.uptime }, sleep: { await clock.sleep($0) })
    }
}
