import AMQP
import Testing
import orderbus

@Suite struct BrokerFailureTests {
    @Test func aVirtualHostThatIsMissingIsNotOneThatIsForbidden() {
        let words = "broker closed the connection: NOT_ALLOWED - vhost x not found"
        let missing = AMQPError(.accessRefused, words, replyCode: 530)
        #expect(BrokerFailure(missing, place: "h").explanation.advice?.contains("add_vhost") == true)
        let refused = AMQPError(
            .accessRefused,
            "broker closed the connection: NOT_ALLOWED - access to vhost 'x' refused for user 'u'",
            replyCode: 530
        )
        #expect(BrokerFailure(refused, place: "h").explanation.advice?.contains("permissions") == true)
    }
}
