/// The way of a command to the workers, and of its reply back, as a sender sees it.
package protocol CommandBus: Sendable {
    /// Publishes a command with a confirm and waits for its reply.
    ///
    /// - Parameters:
    ///   - request: the command; its body is passed on as it is.
    ///   - wait: how long to wait for the reply after the broker has taken the command; zero asks for none.
    /// - Returns: what became of it as far as the sender can know.
    func send(_ request: BusRequest, waitingFor wait: Duration) async -> BusResponse
}

/// A command to be sent.
package struct BusRequest: Sendable, Hashable {
    package let command: CommandName
    package let body: [UInt8]
    /// The whole `Authorization` value: `Bearer …`.
    package let authorization: String
    package let idempotencyKey: String?
    package let requestID: String
    package let traceparent: String?
    package let tracestate: String?

    package init(
        command: CommandName,
        body: [UInt8],
        authorization: String,
        idempotencyKey: String?,
        requestID: String,
        traceparent: String? = nil,
        tracestate: String? = nil
    ) {
        self.command = command
        self.body = body
        self.authorization = authorization
        self.idempotencyKey = idempotencyKey
        self.requestID = requestID
        self.traceparent = traceparent
        self.tracestate = tracestate
    }
}

/// What a sender knows of its command.
package enum BusResponse: Sendable, Hashable {
    case replied(BusReply)
    /// The broker has it, so it will be done; the reply did not come in time or was not asked for.
    case taken
    /// The broker has not taken it, and never will: nothing happened.
    case notTaken(reason: String)
    /// The connection was lost before the broker's word: it may or may not have it. Send the same again.
    case unknown(reason: String)
}

/// A worker's reply.
package struct BusReply: Sendable, Hashable {
    /// As HTTP counts.
    package let status: Int
    package let isReplay: Bool
    /// JSON: the result or the error.
    package let body: [UInt8]
    /// Of the worker that refused, if it says so.
    package let release: String?

    package init(status: Int, isReplay: Bool, body: [UInt8], release: String? = nil) {
        self.status = status
        self.isReplay = isReplay
        self.body = body
        self.release = release
    }
}
