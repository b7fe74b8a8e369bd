import CRabbitMQ
import Testing

@testable import AMQP

@Suite struct AMQPErrorTests {
    /// `amqp.h` ends each of its lists with the next free value.
    @Test func everyStatusOfTheHeaderHasACode() {
        let ranges = [
            _AMQP_STATUS_NEXT_VALUE.rawValue + 1...(-1),
            _AMQP_STATUS_TCP_NEXT_VALUE.rawValue + 1...AMQP_STATUS_TCP_ERROR.rawValue,
            _AMQP_STATUS_SSL_NEXT_VALUE.rawValue + 1...AMQP_STATUS_SSL_ERROR.rawValue,
        ]
        for status in ranges.joined() {
            #expect(AMQPError.knownCode(forStatus: status) != nil, "status \(status)")
            #expect(AMQPError(status: status, "test").message.contains("\(status)"))
        }
    }

    @Test func aStatusOfALaterLibraryEndsTheConnection() {
        #expect(AMQPError.code(forStatus: -0x0FFF) == .connectionClosed)
    }

    @Test(arguments: [
        (320, false, AMQPError.Code.connectionClosed), (403, true, .accessRefused), (404, true, .notFound),
        (405, true, .resourceLocked), (406, true, .preconditionFailed), (501, false, .protocolViolation),
        (506, true, .resourceExhausted), (530, false, .accessRefused), (541, false, .connectionClosed),
        (311, true, .channelClosed), (999, true, .channelClosed),
    ])
    func replyCodesKeepTheirMeaning(reply: Int, isChannel: Bool, code: AMQPError.Code) {
        let error = AMQPError(closedWith: UInt16(reply), text: "words", isChannel: isChannel)
        #expect(error.code == code)
        #expect(error.replyCode == UInt16(reply))
        #expect(error.description.contains("\(reply)") && error.description.contains("words"))
    }

    @Test func whatNeedsAHumanIsNotRetried() {
        #expect(AMQPError(.connectionClosed, "").isRetryable)
        #expect(AMQPError(.consumerCancelled, "").isRetryable)
        #expect(!AMQPError(.authenticationRefused, "").isRetryable)
        #expect(!AMQPError(.invalidArgument, "").isRetryable)
    }
}
