internal import Orders

/// One attempt to publish: at most one event an order, because the next may only follow what the broker has taken.
struct PublishRound {
    /// To be sent now.
    let events: [StagedEvent]
    /// Behind an event of their order that is sent now.
    private let waiting: [StagedEvent]

    /// What the attempt came to.
    struct Result {
        fileprivate(set) var settled: [StagedEventKey] = []
        /// To be sent in the next rounds, in the same order.
        fileprivate(set) var rest: [StagedEvent] = []
        fileprivate(set) var unknown = 0
        /// Left in the outbox for a later look, with what is behind them.
        fileprivate(set) var refused: [StagedEvent] = []
        /// Left in the outbox, with what is behind them, for a person to look at.
        fileprivate(set) var unsendable: [StagedEventKey] = []
        /// The orders of which something stays in the outbox, and nothing may be sent before it.
        fileprivate(set) var stuck: Set<OrderID> = []
        fileprivate var unheard = 0
    }

    /// Takes from the events the first of each order.
    init(_ events: [StagedEvent]) {
        var orders: Set<OrderID> = []
        orders.reserveCapacity(events.count)
        var first: [StagedEvent] = []
        first.reserveCapacity(events.count)
        var waiting: [StagedEvent] = []
        for event in events {
            if orders.insert(event.orderID).inserted {
                first.append(event)
            } else {
                waiting.append(event)
            }
        }
        self.events = first
        self.waiting = waiting
    }

    /// Sorts the events by what the broker said of them; one without an answer is unknown.
    func result(_ deliveries: [EventDelivery]) -> Result {
        var result = Result()
        result.settled.reserveCapacity(events.count)
        for (index, event) in events.enumerated() {
            switch index < deliveries.count ? deliveries[index] : .unknown {
            case .confirmed:
                result.settled.append(event.key)
            case .unheard:
                result.settled.append(event.key)
                result.unheard += 1
            case .unknown:
                result.rest.append(event)
                result.unknown += 1
            case .refused:
                result.refused.append(event)
                result.stuck.insert(event.orderID)
            case .unsendable:
                result.unsendable.append(event.key)
                result.stuck.insert(event.orderID)
            }
        }
        result.rest += result.stuck.isEmpty ? waiting : waiting.filter { !result.stuck.contains($0.orderID) }
        return result
    }
}

extension PublishRound.Result {
    func report(duration: Duration) -> RelayReport {
        RelayReport(
            confirmed: settled.count,
            unheard: unheard,
            unknown: unknown,
            refused: refused.count,
            unsendable: unsendable,
            duration: duration
        )
    }
}
