internal import AMQP
internal import JSON
package import Orders

/// Sends dead letters again, through a client with a reply queue of its own.
package struct AMQPReplaySender: ReplaySender {
    private let client: CommandClient

    /// Makes a sender.
    ///
    /// - Parameter client: connected as the console's user; somebody must be running it.
    package init(_ client: CommandClient) {
        self.client = client
    }

    package func send(_ command: ReplayCommand, waitingFor wait: Duration) async -> ReplayResponse {
        let isRedirected = command.destination != .origin
        let exchange = await client.exchange(waitingFor: isRedirected ? .zero : wait) { user, replyTo, id in
            ReplayMessage.make(command, user: user, replyTo: replyTo, correlationID: id)
        }
        switch exchange {
        case .replied(let reply): return .ended(Self.result(reply))
        case .confirmed: return isRedirected ? .ended(.redirected) : .unanswered
        case .returned: return .ended(.notSent(reason: "the broker has no queue for it"))
        case .notMade: return .ended(.notSent(reason: "no command comes that way: see its exchange and routing key"))
        case .tooLarge: return .ended(.notSent(reason: "its headers are too large"))
        case .nacked: return .unavailable(reason: "the queue is full")
        case .notConnected, .unsent: return .unavailable(reason: "the broker does not take messages")
        case .overloaded: return .unavailable(reason: "too many commands wait for their replies")
        case .unknown: return .unavailable(reason: "the connection was lost before the broker's confirm")
        }
    }

    package func waitUntilAvailable() async {
        while !Task.isCancelled {
            if await client.waitUntilAvailable(until: .now + .seconds(60)) { return }
        }
    }

    private static func result(_ reply: BusReply) -> ReplayResult {
        if (200...299).contains(reply.status) {
            return .succeeded(status: reply.status, isReplay: reply.isReplay)
        }
        let error = (try? JSONDocument(parsing: reply.body))?.root.member("error")
        return .refused(
            status: reply.status,
            code: error?.member("code")?.asString ?? "UNKNOWN",
            message: error?.member("message")?.asString ?? "The worker gave no reason"
        )
    }
}
