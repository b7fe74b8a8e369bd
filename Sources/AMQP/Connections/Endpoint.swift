/// One broker to connect to, and as whom.
package struct Endpoint: Sendable, Hashable {
    package enum Mechanism: Sendable, Hashable {
        case plain
        /// The client certificate is the login (needs `rabbitmq_auth_mechanism_ssl`).
        case external
    }

    package var isTLS: Bool
    /// A name or an address; an IPv6 address without its brackets.
    package var host: String
    package var port: UInt16
    package var user: String
    package var password: String
    package var virtualHost: String
    package var mechanism: Mechanism
    /// What the URL asks for; `nil` leaves it to the settings.
    package var heartbeat: Duration?
    package var connectTimeout: Duration?

    package init(
        isTLS: Bool = false,
        host: String = "localhost",
        port: UInt16? = nil,
        user: String = "guest",
        password: String = "guest",
        virtualHost: String = "/"
    ) {
        self.isTLS = isTLS
        self.host = host
        self.port = port ?? (isTLS ? 5671 : 5672)
        self.user = user
        self.password = password
        self.virtualHost = virtualHost
        mechanism = .plain
    }
}

/// Every way to print an endpoint leaves the password out.
extension Endpoint: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String {
        let address = host.contains(":") ? "[\(host)]" : host
        return "\(isTLS ? "amqps" : "amqp")://\(user)@\(address):\(port)/\(virtualHost == "/" ? "" : virtualHost)"
    }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}
