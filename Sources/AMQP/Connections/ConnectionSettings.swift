/// How to reach the broker, and the limits of a connection.
package struct ConnectionSettings: Sendable {
    /// At least one.
    ///
    /// An attempt tries all of them, starting anywhere.
    package var endpoints: [Endpoint]
    package var tls = TLSFiles()
    /// Shown by the broker's tools.
    ///
    /// Defaults to `orderbus`.
    package var connectionName = "orderbus"
    package var product = "orderbus"
    package var version = "dev"
    /// A peer that is silent for twice as long is taken for dead.
    ///
    /// Defaults to 10 seconds; whole seconds from 1.
    package var heartbeat = Duration.seconds(10)
    /// For TCP and TLS, and again for the login, for each endpoint.
    ///
    /// Defaults to 3 seconds.
    package var connectTimeout = Duration.seconds(3)
    /// For a call that waits for the broker, and for TLS writes.
    ///
    /// Defaults to 10 seconds.
    package var callTimeout = Duration.seconds(10)
    /// Received bodies longer than this are not kept; the delivery says so.
    ///
    /// Defaults to 1 MiB.
    package var bodyLimit = 1 << 20

    package init(endpoints: [Endpoint]) {
        self.endpoints = endpoints
    }

    /// Takes the endpoints from a comma-separated list of URLs.
    package init(urls: String) throws(AMQPError) {
        self.init(endpoints: try Endpoint.list(parsing: urls))
    }

    /// What the endpoint's URL asks for, or else what all of them get.
    func connectTimeout(for endpoint: Endpoint) -> Duration { endpoint.connectTimeout ?? connectTimeout }

    /// Says what cannot work, before the first attempt does.
    package func validate() throws(AMQPError) {
        if endpoints.isEmpty { throw AMQPError(.invalidArgument, "no AMQP endpoint") }
        if heartbeat < .seconds(1) || heartbeat > .seconds(600) {
            throw AMQPError(.invalidArgument, "heartbeat must be from 1 to 600 seconds, not \(heartbeat)")
        }
        if (tls.certificate == nil) != (tls.key == nil) {
            throw AMQPError(.invalidArgument, "a client certificate needs its key, and a key its certificate")
        }
    }
}
