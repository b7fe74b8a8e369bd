import AMQP
import Testing

@Suite struct EndpointTests {
    @Test func aBareHostGetsEveryDefault() throws {
        let endpoint = try Endpoint(parsing: "amqp://broker")
        #expect(endpoint == Endpoint(host: "broker", port: 5672, user: "guest", password: "guest", virtualHost: "/"))
        #expect(try Endpoint(parsing: "amqps://broker").port == 5671)
    }

    @Test func everyPartIsTakenAndPercentDecoded() throws {
        let url = "amqps://us%40er:p%2Fa%3As%40s@broker.example:1234/my%2Fhost?heartbeat=7&connection_timeout=1500"
        let endpoint = try Endpoint(parsing: url)
        #expect(endpoint.isTLS)
        #expect(endpoint.user == "us@er")
        #expect(endpoint.password == "p/a:s@s")
        #expect(endpoint.host == "broker.example")
        #expect(endpoint.port == 1234)
        #expect(endpoint.virtualHost == "my/host")
        #expect(endpoint.heartbeat == .seconds(7))
        #expect(endpoint.connectTimeout == .milliseconds(1500))
    }

    @Test func anAddressOfVersionSixLosesItsBrackets() throws {
        let endpoint = try Endpoint(parsing: "amqp://[::1]:5673/")
        #expect(endpoint.host == "::1")
        #expect(endpoint.port == 5673)
        #expect(endpoint.virtualHost == "/")
        #expect(endpoint.description == "amqp://guest@[::1]:5673/")
    }

    @Test func aPasswordMayBeEmptyAndAUserAlone() throws {
        #expect(try Endpoint(parsing: "amqp://u:@h").password.isEmpty)
        #expect(try Endpoint(parsing: "amqp://u@h").user == "u")
    }

    @Test func theExternalMechanismCanBeAskedFor() throws {
        #expect(try Endpoint(parsing: "amqps://h?auth_mechanism=external").mechanism == .external)
    }

    @Test func aListKeepsItsOrder() throws {
        let endpoints = try Endpoint.list(parsing: " amqp://a, amqps://b:1 ,amqp://c ")
        #expect(endpoints.map(\.host) == ["a", "b", "c"])
        #expect(throws: AMQPError.self) { try Endpoint.list(parsing: " , ") }
    }

    @Test(arguments: [
        ("http://h", "scheme"), ("h:5672", "scheme"), ("", "scheme"), ("amqp://", "host"), ("amqp://u:secret@", "host"),
        ("amqp://h:0", "port"), ("amqp://h:65536", "port"), ("amqp://h:x", "port"), ("amqp://h:+1", "port"),
        ("amqp://h:", "port"), ("amqp://[::1", "host"), ("amqp://[::1]x", "host"), ("amqp://h/a/b", "virtual host"),
        ("amqp://h/%0", "virtual host"), ("amqp://u%zz:secret@h", "user"), ("amqp://u:secret%00@h", "password"),
        ("amqp://u:secret%ff@h", "password"), ("amqp://h?heartbeat=0", "heartbeat"),
        ("amqp://h?heartbeat=ten", "heartbeat"), ("amqp://h?heartbeat", "heartbeat"), ("amqp://h?verify=none", "query"),
        ("amqp://h#x", "fragment"), ("amqp://h?auth_mechanism=x", "auth_mechanism"),
    ])
    func anErrorNamesThePartAndNotThePassword(url: String, part: String) throws {
        let error = try #require(throws: AMQPError.self) { try Endpoint(parsing: url) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.contains("AMQP URL: \(part) "))
        #expect(!error.description.contains("secret"))
    }

    @Test func noWayOfPrintingShowsThePassword() throws {
        let endpoint = try Endpoint(parsing: "amqp://user:secret@h/v")
        var dumped = ""
        dump(endpoint, to: &dumped)
        dump(ConnectionSettings(endpoints: [endpoint]), to: &dumped)
        for text in ["\(endpoint)", String(reflecting: endpoint), String(describing: [endpoint]), dumped] {
            #expect(!text.contains("secret"))
            #expect(text.contains("user@h"))
        }
    }

    @Test func settingsThatCannotWorkAreRefused() {
        var settings = ConnectionSettings(endpoints: [Endpoint()])
        settings.heartbeat = .zero
        #expect(throws: AMQPError.self) { try settings.validate() }
        settings.heartbeat = .seconds(10)
        settings.tls.certificate = "only.pem"
        #expect(throws: AMQPError.self) { try settings.validate() }
        #expect(throws: AMQPError.self) { try ConnectionSettings(endpoints: []).validate() }
    }
}
