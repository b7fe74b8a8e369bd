internal import AMQP
package import Orders

/// The worker's own reader, for a message that is to be sent again.
package struct AMQPCommandChecker: CommandChecker {
    package init() {}

    package func check(_ message: LetterMessage, command: String, caller: Caller?) -> Refusal? {
        guard let routingKey = ShortString(command), let tag = DeliveryTag(epoch: 1, number: 1) else {
            return Refusal(.unsupportedCommand, "The command's name has more than 255 bytes")
        }
        var properties = message.properties.amqp
        properties.headers = FieldTable(message.headers.filter { !ReplayMessage.isOurs($0) })
        properties.userID = nil
        let delivery = Delivery(
            tag: tag,
            routingKey: routingKey,
            properties: properties,
            body: message.body,
            bodyByteCount: UInt64(clamping: message.bodyByteCount)
        )
        let reader = CommandReader(authenticator: SureAuthenticator(caller ?? Self.anybody))
        guard case .refused(let refusal, _) = reader.read(delivery, isAlone: true).command.reading else { return nil }
        return refusal
    }

    package func topic(of message: LetterMessage, command: String, caller: Caller?) -> LetterTopic {
        LetterTopic(reading: message, command: command, caller: caller)
    }

    /// Stands for a caller who is not known yet: who it is, is not what is checked.
    private static let anybody = Caller(
        tenant: "anybody",
        clientID: "anybody",
        subject: nil,
        scopes: Scope.allCases.map(\.rawValue)
    )
}

/// Takes everybody for the same caller.
private struct SureAuthenticator: CallerAuthenticator {
    private let caller: Caller

    init(_ caller: Caller) {
        self.caller = caller
    }

    func authenticate(authorization: ArraySlice<UInt8>?, provenBinding: Bool) -> Authentication { .caller(caller) }

    func resolve(_ key: UnknownKey) async -> KeyResolution { .judgeAgain }
}
