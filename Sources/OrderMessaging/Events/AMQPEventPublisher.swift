package import AMQP
package import Orders

/// Publishes staged events to `orders.events` with confirms.
package struct AMQPEventPublisher: EventPublisher {
    private let publisher: Publisher

    /// Takes a publisher with confirms.
    package init(publisher: Publisher) {
        self.publisher = publisher
    }

    package func publish(_ events: [StagedEvent]) async -> [EventDelivery] {
        await publisher.publish(events.map(EventMessage.make)).map { outcome in
            switch outcome {
            case .confirmed: .confirmed
            // No queue is bound: nobody listens, which is nobody's failure.
            case .returned: .unheard
            case .nacked: .refused
            case .unknown, .unsent: .unknown
            case .tooLarge: .unsendable
            }
        }
    }

    package func waitUntilAvailable() async {
        while !Task.isCancelled {
            if await publisher.waitUntilConnected(until: .now + .seconds(60)) { return }
        }
    }
}
