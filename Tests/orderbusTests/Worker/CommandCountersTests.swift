import Telemetry
import Testing
import orderbus

/// To Prometheus, a series that begins with a count has not risen: the alerts missed the first of each.
@Suite struct CommandCountersTests {
    private let lines: [Substring]

    init() {
        let metrics = PrometheusMetrics()
        let counters = CommandCounters(lanes: ["commands"], factory: metrics)
        lines = withExtendedLifetime(counters) {
            String(decoding: metrics.exposition(), as: UTF8.self).split(separator: "\n")
        }
    }

    @Test func eachCodeThatCanBuryIsThereBeforeTheFirstDeadLetter() {
        let codes = [
            "DELIVERY_LIMIT", "IDEMPOTENCY_KEY_REQUIRED", "IDEMPOTENCY_KEY_REUSED", "INSUFFICIENT_SCOPE", "INTERNAL",
            "INVALID_TOKEN", "MALFORMED_MESSAGE", "ORDER_NOT_FOUND", "ORDER_STATE_CONFLICT", "ORDER_VALIDATION_FAILED",
            "PAYLOAD_TOO_LARGE", "PRECONDITION_FAILED", "UNAUTHORIZED", "UNSUPPORTED_COMMAND",
        ]
        let found = lines.filter { $0.hasPrefix("orderbus_dead_letters_total") }
        #expect(Set(found) == Set(codes.map { "orderbus_dead_letters_total{code=\"\($0)\"} 0" }))
    }

    @Test(arguments: ["order.create.v1", "order.cancel.v1", "order.get.v1", "order.list.v1", "unknown"])
    func failuresOfOurOwnAreThereBeforeTheFirst(command: String) {
        for code in ["INTERNAL", "DELIVERY_LIMIT"] {
            let labels = "code=\"\(code)\",command=\"\(command)\",outcome=\"failed\""
            #expect(lines.contains("orderbus_commands_total{\(labels)} 0"))
        }
    }
}
