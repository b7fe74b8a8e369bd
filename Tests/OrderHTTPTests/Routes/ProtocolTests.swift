import HTTPTypes
import HummingbirdTesting
import Orders
import Testing

@Suite struct ProtocolTests {
    private let bus = ScriptedBus(status: 201, Adapter.order)

    @Test func otherMethodsAreToldWhichThereAre() async throws {
        let response = try await Adapter(bus).send(.delete, "/v1/orders", token: nil)
        #expect(response.status == .methodNotAllowed)
        #expect(response["Allow"] == "GET, HEAD, POST")
        #expect(response.errorCode == "METHOD_NOT_ALLOWED")
        #expect(try await Adapter(bus).send(.get, "/v1/orders/x/cancel")["Allow"] == "POST")
        #expect(try await Adapter(bus).send(.get, "/v2/orders").status == .notFound)
    }

    @Test func bodiesOfOtherKindsAreRefused() async throws {
        for (name, value, status) in [
            ("Content-Type", "text/plain", HTTPResponse.Status.unsupportedMediaType),
            ("Content-Encoding", "gzip", .unsupportedMediaType), ("Accept", "text/html", .notAcceptable),
            ("Idempotency-Key", "short", .badRequest),
        ] {
            let response = try await Adapter(bus).send(.post, "/v1/orders", HTTPFields([(name, value)]), body: "{}")
            #expect(response.status == status)
        }
        #expect(bus.requests.isEmpty)
    }

    @Test func largeBodyIsRefused() async throws {
        let body = String(repeating: " ", count: OrderRules.bodyBytes + 1)
        let response = try await Adapter(bus).send(.post, "/v1/orders", body: body)
        #expect(response.status == .contentTooLarge)
        #expect(response.errorCode == "PAYLOAD_TOO_LARGE")
        let accept = HTTPFields([("Accept", "application/problem+json")])
        let problem = try await Adapter(bus).send(.post, "/v1/orders", accept, body: body)
        #expect(problem.text.contains(#""title":"Content Too Large""#))
        #expect(response["Connection"] == "close")
        let chunked = HTTPFields([("Transfer-Encoding", "chunked"), ("Idempotency-Key", Adapter.key)])
        let unannounced = try await Adapter(bus).send(.post, "/v1/orders", chunked, body: body)
        #expect(unannounced.status == .contentTooLarge)
    }

    @Test func requestIDIsKeptAndReturned() async throws {
        let adapter = Adapter(bus)
        let kept = try await adapter.send(.get, "/nowhere", HTTPFields([("X-Request-Id", "request-0001")]))
        #expect(kept["X-Request-Id"] == "request-0001")
        #expect(kept.text.contains(#""correlationId":"request-0001""#))
        let made = try await adapter.send(.get, "/nowhere", HTTPFields([("X-Request-Id", "no spaces here")]))
        #expect(made["X-Request-Id"]?.utf8.count == 26)
    }

    @Test func pageBringsItsOwnPolicyAndNothingFromElsewhere() async throws {
        let page = try await Adapter(bus).send(.get, "/docs", token: nil)
        #expect(page.status == .ok)
        #expect(page["Content-Type"] == "text/html; charset=utf-8")
        #expect(page["Content-Security-Policy"]?.contains("script-src 'self'") == true)
        #expect(!page.text.contains("://"))
        for path in ["/docs/page.js", "/docs/page.css", "/docs/icon.svg", "/openapi.json"] {
            let file = try await Adapter(bus).send(.get, path, token: nil)
            #expect(file.status == .ok)
            #expect(!file.text.isEmpty)
        }
    }
}
