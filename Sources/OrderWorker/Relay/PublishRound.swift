internal import Orders

/// What one attempt to publish came to.
struct PublishRound {
    private(set) var settled: [StagedEventKey] = []
    /// To be sent again, in the same order.
    private(set) var unsettled: [StagedEvent] = []
    private var unheard = 0

    /// Sorts events by what the broker said of them; one without an answer is unknown.
    init(_ events: [StagedEvent], _ deliveries: [EventDelivery]) {
        settled.reserveCapacity(events.count)
        for (index, event) in events.enumerated() {
            switch index < deliveries.count ? deliveries[index] : .unknown {
            case .confirmed:
                settled.append(event.key)
            case .unheard:
                settled.append(event.key)
                unheard += 1
            case .unknown:
                unsettled.append(event)
            }
        }
    }

    func report(duration: Duration) -> RelayReport {
        RelayReport(confirmed: settled.count, unheard: unheard, unknown: unsettled.count, duration: duration)
    }
}
