internal import Orders

/// How far a look through the outbox has come.
struct OutboxSweep {
    /// The uptime.
    let began: Duration
    private(set) var position: StagedEventKey?
    /// Orders that got stuck on the page before: one order's events are neighbours, so more need not be remembered.
    private var stuck: Set<OrderID> = []

    init(began: Duration) {
        self.began = began
    }

    /// What of the next page may be sent.
    func withoutStuck(_ page: [StagedEvent]) -> [StagedEvent] {
        stuck.isEmpty ? page : page.filter { !stuck.contains($0.orderID) }
    }

    /// The look behind a full page.
    ///
    /// - Parameter stuck: the orders of which something of the page was left where it is.
    func after(_ page: [StagedEvent], stuck: Set<OrderID>) -> OutboxSweep {
        var next = self
        next.position = page.last?.key
        // An order can be longer than a page.
        next.stuck.formIntersection(page.suffix(1).map(\.orderID))
        next.stuck.formUnion(stuck)
        return next
    }
}
