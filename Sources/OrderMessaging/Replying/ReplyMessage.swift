internal import AMQP
internal import Orders

/// A reply as a message to the default exchange.
enum ReplyMessage {
    /// Makes the message; `nil` if nobody asked for an answer.
    ///
    /// - Parameter release: our own, told where the command is refused; `nil` if nobody has said.
    static func make(_ reply: Reply, release: String? = nil) -> OutgoingMessage? {
        let context = reply.context
        guard let replyTo = context.replyTo, let address = ShortString(bytes: replyTo[...]) else { return nil }
        // No queue has an empty name: the broker returns what may go to none, as it does where a queue is gone.
        let queue = mayGo(to: address) ? address : .empty
        var headers = FieldTable()
        headers.append(HeaderName.status, .int32(Int32(truncatingIfNeeded: reply.outcome.status)))
        headers.append(HeaderName.requestID, .text(context.requestID))
        headers.append(HeaderName.isReplay, .bool(reply.outcome.isReplay))
        if let traceparent = context.traceparent {
            headers.append(HeaderName.traceparent, .text(traceparent))
        }
        if let tracestate = context.tracestate {
            headers.append(HeaderName.tracestate, .text(tracestate))
        }
        if let release, reply.outcome.status >= 400 { headers.append(HeaderName.failureRelease, .text(release)) }
        return OutgoingMessage(
            routingKey: queue,
            properties: MessageProperties(
                contentType: "application/json",
                headers: headers,
                correlationID: context.correlationID.flatMap { ShortString(bytes: $0[...]) },
                type: type(of: context.command)
            ),
            body: ReplyBody.write(reply.outcome, requestID: context.requestID),
            // RabbitMQ before 4.2 returns every mandatory message to a direct reply-to, also one that it has delivered.
            isMandatory: !isDirect(queue)
        )
    }

    /// The address is that of a requester who takes its replies without a queue.
    static func isDirect(_ address: ShortString) -> Bool {
        address.bytes.starts(with: directReplyTo)
    }

    /// The broker swallows a direct reply without a word unless its address has two parts: a process, and a key.
    private static func mayGo(to address: ShortString) -> Bool {
        guard isDirect(address) else { return !Topology.ownQueues.contains(address) }
        let parts = address.bytes.dropFirst(directReplyTo.count)
            .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
    }

    private static let directReplyTo = Array("amq.rabbitmq.reply-to.".utf8)

    private static func type(of command: String) -> ShortString? {
        // A name that leaves no room for the suffix is none of ours: it goes back as it came.
        ShortString(command + ".reply") ?? ShortString(command)
    }
}
