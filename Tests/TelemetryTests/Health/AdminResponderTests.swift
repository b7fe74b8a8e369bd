import CoreMetrics
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Telemetry
import Testing

@Suite struct AdminResponderTests {
    private let readiness = Readiness(dependencies: ["broker"])
    private let metrics = PrometheusMetrics()

    private var application: Application<AdminResponder> {
        Application(responder: AdminResponder(readiness: readiness, metrics: metrics))
    }

    @Test func aProgramThatRunsIsAliveHoweverItsDependenciesAre() async throws {
        try await application.test(.router) { client in
            try await client.execute(uri: "/health/live", method: .get) { response in
                #expect(response.status == .ok)
            }
        }
    }

    @Test func readyTellsTheTruthAndWhy() async throws {
        try await application.test(.router) { client in
            try await client.execute(uri: "/health/ready", method: .get) { response in
                #expect(response.status == .serviceUnavailable)
                #expect(String(buffer: response.body).contains(#""name":"broker","state":"down""#))
            }
            readiness.set("broker", .up)
            try await client.execute(uri: "/health/ready", method: .get) { response in
                #expect(response.status == .ok)
                #expect(response.headers[.contentType] == "application/json")
            }
        }
    }

    @Test func metricsAreServedAsTheFormatDemands() async throws {
        Counter(label: "orders_total", factory: metrics).increment(by: 3)
        try await application.test(.router) { client in
            try await client.execute(uri: "/metrics", method: .get) { response in
                #expect(response.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(String(buffer: response.body) == "# TYPE orders_total counter\norders_total 3\n")
            }
        }
    }

    @Test func otherPathsAndMethodsAreRefused() async throws {
        try await application.test(.router) { client in
            try await client.execute(uri: "/", method: .get) { #expect($0.status == .notFound) }
            try await client.execute(uri: "/metrics", method: .post) { response in
                #expect(response.status == .methodNotAllowed)
                #expect(response.headers[.allow] == "GET, HEAD")
                #expect(response.headers[.connection] == "close")
            }
        }
    }
}
