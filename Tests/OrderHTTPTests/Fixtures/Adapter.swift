import CoreMetrics
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import Logging
import NIOCore
import OrderHTTP
import OrderMessaging
import Orders

/// The adapter without a socket, before a bus of the test's choice.
struct Adapter: Sendable {
    static let key = "9d0c2c1b-27e7-4e65-8a1b-43f684c2d7a9"
    static let orderID = "ord_546vf04tk1w38tdmn7erqn46zv"
    static let order = #"{"orderId":"\#(orderID)","status":"PENDING","version":3}"#

    let responder: OrderResponder

    init(
        _ bus: any CommandBus,
        _ configure: (inout OrderHTTPConfiguration) -> Void = { _ in },
        availability: @escaping @Sendable () -> BusAvailability = { .available }
    ) {
        var configuration = OrderHTTPConfiguration()
        configure(&configuration)
        responder = OrderResponder(
            configuration: configuration,
            bus: bus,
            rules: NewOrderReader(),
            authenticator: FixedAuthenticator(),
            availability: availability,
            metrics: NOOPMetricsHandler.instance,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    init(_ responder: OrderResponder) {
        self.responder = responder
    }

    var application: Application<OrderResponder> {
        Application(responder: responder, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    /// Sends one request as if on a connection from an address.
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        from connection: Connection,
        token: String? = "good",
        _ fields: HTTPFields = [:]
    ) async throws -> TestResponse {
        try await Connection.$current.withValue(connection) {
            try await send(method, uri, token: token, fields)
        }
    }

    /// Sends one request.
    func send(
        _ method: HTTPRequest.Method,
        _ uri: String,
        token: String? = "good",
        _ fields: HTTPFields = [:],
        body: String? = nil
    ) async throws -> TestResponse {
        try await application.test(.router) { client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: Self.fields(token, fields, hasBody: body != nil),
                body: body.map { ByteBuffer(string: $0) }
            )
        }
    }

    static func fields(_ token: String?, _ more: HTTPFields, hasBody: Bool) -> HTTPFields {
        var fields = HTTPFields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        if hasBody { fields[.contentType] = "application/json" }
        for field in more { fields[field.name] = field.value }
        return fields
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    /// The code in the contract's shape of an error.
    var errorCode: String? {
        let root = try? JSONDocument(parsing: Array(body.readableBytesView)).root
        return root?.member("error")?.member("code")?.asString
    }

    /// The fields in the details of the contract's shape of an error.
    var violatedFields: [String] {
        let root = try? JSONDocument(parsing: Array(body.readableBytesView)).root
        let details = root?.member("error")?.member("details").map { Array($0.elements) } ?? []
        return details.compactMap { $0.member("field")?.asString }
    }

    subscript(_ name: String) -> String? {
        HTTPField.Name(name).flatMap { headers[$0] }
    }
}

extension HTTPFields {
    /// Fields by their names as text.
    init(_ fields: [(String, String)]) {
        self.init()
        for (name, value) in fields {
            guard let name = HTTPField.Name(name) else { continue }
            append(HTTPField(name: name, value: value))
        }
    }
}
