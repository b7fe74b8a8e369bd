/// How long a connection may take for what, and how much it may send.
package struct ConnectionLimits: Sendable, Hashable {
    /// From the first byte of a request, or from the connection's beginning, to the end of the head; with TLS, the
    /// handshake is part of it.
    ///
    /// Defaults to 10 s.
    package var headTime = Duration.seconds(10)
    /// From the end of the head to the end of the body.
    ///
    /// Defaults to 10 s.
    package var bodyTime = Duration.seconds(10)
    /// From the moment that the caller is known to the end of the body.
    ///
    /// Defaults to `nil`: ``bodyTime`` is for all.
    package var knownBodyTime: Duration?
    /// From a response's last byte written to its being taken by the network.
    ///
    /// Defaults to 20 s.
    package var writeTime = Duration.seconds(20)
    /// Between a response and the next request's first byte.
    ///
    /// Defaults to 60 s.
    package var idleTime = Duration.seconds(60)
    /// For the caller to read the last response before the connection is cut.
    ///
    /// Defaults to 2 s.
    package var lingerTime = Duration.seconds(2)
    /// Names and values of all fields of a head with its request line, in bytes.
    ///
    /// Defaults to 32 KiB.
    package var headBytes = 32 * 1024
    /// One field's name and value, in bytes.
    ///
    /// Defaults to 16 KiB: a token of 8 KiB fits.
    package var fieldBytes = 16 * 1024
    /// Fields in a head.
    ///
    /// Defaults to 100.
    package var fieldCount = 100
    /// Open connections; more wait to be accepted.
    ///
    /// Defaults to 4096.
    package var connectionCount = 4096

    package init() {}
}
