internal import JSON
internal import Orders

/// One command, asked and answered: what get, list and cancel do.
struct CommandCall: Sendable {
    private let link: CommandLink
    private let token: SenderToken
    private let timeout: Duration

    /// Connects as the options say and runs the body.
    static func withCalls<Value: Sendable>(
        _ options: SenderOptions,
        timeout: Duration,
        _ body: @escaping @Sendable (CommandCall) async throws -> Value
    ) async throws -> Value {
        let broker = try options.broker(name: "orderbus order")
        let token = try options.token()
        return try await CommandLink.withLink(to: broker, connectingWithin: timeout) { link in
            try await body(CommandCall(link: link, token: token, timeout: timeout))
        }
    }

    /// Sends a command.
    ///
    /// - Returns: the result as JSON.
    /// - Throws: ``CommandFailure``.
    func send(_ command: CommandName, body: [UInt8]) async throws(CommandFailure) -> [UInt8] {
        let requestID = RandomName.make()
        let outcome = await CommandSender(bus: link, token: token, timeout: timeout)
            .send(command, body: body, requestID: requestID)
        if let failure = CommandFailure(outcome, requestID: requestID) { throw failure }
        guard case .answered(let reply) = outcome else {
            throw CommandFailure(code: "NOT_SENT", message: "the broker did not take the command")
        }
        return reply.body
    }
}
