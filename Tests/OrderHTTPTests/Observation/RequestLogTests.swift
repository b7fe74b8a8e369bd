import CoreMetrics
import HTTPTypes
import HummingbirdTesting
import Logging
import OrderHTTP
import OrderMessaging
import Orders
import Synchronization
import Testing

@Suite struct RequestLogTests {
    /// Keeps what is logged beside the message.
    private final class Recorder: Sendable {
        let lines = Mutex<[Logger.Metadata]>([])
    }

    private struct RecordingHandler: LogHandler {
        var logLevel = Logger.Level.info
        var metadata: Logger.Metadata = [:]
        let recorder: Recorder

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            recorder.lines.withLock { $0.append(event.metadata ?? [:]) }
        }
    }

    /// The worker and the adapter once had names of their own for the same things.
    @Test func lineHasTheWorkersNames() async throws {
        let recorder = Recorder()
        let responder = OrderResponder(
            bus: ScriptedBus(status: 200, Adapter.order),
            rules: NewOrderReader(),
            authenticator: FixedAuthenticator(),
            metrics: NOOPMetricsHandler.instance,
            logger: Logger(label: "test") { _ in RecordingHandler(recorder: recorder) }
        )
        let fields = HTTPFields([("X-Request-Id", "request-0001")])
        let response = try await Adapter(responder).send(.get, "/v1/orders/\(Adapter.orderID)", fields)
        let line = try #require(recorder.lines.withLock { $0 }.first)
        #expect(line["request_id"] == "request-0001")
        #expect(line["tenant"] == "acme")
        #expect(line["client_id"] == "loadgen")
        #expect(line["order_id"] == "\(Adapter.orderID)")
        #expect(line["status"]?.description == "200")
        #expect(line["traceparent"]?.description == response["traceparent"])
        guard case .stringConvertible(let duration)? = line["duration_ms"] else {
            Issue.record("no duration: \(line)")
            return
        }
        #expect(duration is Double)
        #expect(line.keys.allSatisfy { !$0.contains(".") })
    }
}
