package import AMQP
internal import JSON
package import Orders

/// Sends dead letters again, through a client with a reply queue of its own.
package struct AMQPReplaySender: ReplaySender {
    private let client: CommandClient
    private let origins: Set<ShortString>

    /// Makes a sender.
    ///
    /// - Parameters:
    ///   - client: connected as the console's user; somebody must be running it.
    ///   - origins: the exchanges that this user may send commands to; `nil` for that of the contract.
    package init(_ client: CommandClient, origins: Set<ShortString>? = nil) {
        self.client = client
        self.origins = origins ?? [Topology.commands]
    }

    package func send(_ command: ReplayCommand, waitingFor wait: Duration) async -> ReplayResponse {
        let isRedirected = command.destination != .origin
        let exchange = await client.exchange(waitingFor: isRedirected ? .zero : wait) { user, replyTo, id in
            ReplayMessage.make(command, origins: origins, user: user, replyTo: replyTo, correlationID: id)
        }
        switch exchange {
        case .replied(let reply): return Self.response(reply)
        case .confirmed: return isRedirected ? .ended(.redirected) : .unanswered
        case .returned: return .ended(.notSent(reason: Self.unrouted(command)))
        case .notMade:
            return .ended(.notSent(reason: "its exchange is none of commands, or a name is too long"))
        case .tooLarge: return .ended(.notSent(reason: "its headers are too large"))
        case .nacked: return .unavailable(reason: "the queue is full")
        case .notConnected, .unsent: return .unavailable(reason: "the broker does not take messages")
        case .overloaded: return .unavailable(reason: "too many commands wait for their replies")
        case .refused(let reason) where isRedirected:
            return .ended(.notSent(reason: "\(reason); orderbus topology apply makes the exchange and the permission"))
        case .refused(let reason): return .unavailable(reason: reason)
        case .unknown: return .unavailable(reason: "the connection was lost before the broker's confirm")
        }
    }

    package func waitUntilAvailable() async {
        while !Task.isCancelled {
            if await client.waitUntilAvailable(until: .now + .seconds(60)) { return }
        }
    }

    private static func unrouted(_ command: ReplayCommand) -> String {
        guard case .queue(let name) = command.destination else { return "the broker has no queue for it" }
        return
            "no queue is bound to the exchange \(Topology.redirects) by the name \(name): an administrator has to bind it"
    }

    private static func response(_ reply: BusReply) -> ReplayResponse {
        if (200...299).contains(reply.status) {
            return .ended(.succeeded(status: reply.status, isReplay: reply.isReplay))
        }
        let error = (try? JSONDocument(parsing: reply.body))?.root.member("error")
        let refusal = ReplayResult.refused(
            status: reply.status,
            code: error?.member("code")?.asString ?? "UNKNOWN",
            message: error?.member("message")?.asString ?? "The worker gave no reason"
        )
        let rules = error?.member("details").flatMap { $0.count > 0 ? String(decoding: $0.text, as: UTF8.self) : nil }
        return .ended(refusal, note: RefusalNote(release: reply.release, details: rules))
    }
}
