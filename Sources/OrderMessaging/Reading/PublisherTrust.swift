package import AMQP

/// The broker's users whose word counts: the broker checks `user-id` against the connection that published, so what it
/// lets through cannot be forged.
package struct PublisherTrust: Sendable {
    /// Our own: what it says of earlier attempts is true.
    package let worker: ShortString
    /// The HTTP adapter's, which checks the proofs of sender-constrained tokens.
    package let adapter: ShortString
    /// The console's, which may send commands again in the name of those who sent them first.
    package let console: ShortString
    /// The tenant whose operators may act in every tenant's name; `nil` for none, and then in their own tenant's alone.
    package let operatingTenant: String?

    /// An empty name is nobody.
    package init(
        worker: ShortString = "worker",
        adapter: ShortString = "gateway",
        console: ShortString = "console",
        operatingTenant: String? = nil
    ) {
        self.worker = worker
        self.adapter = adapter
        self.console = console
        self.operatingTenant = operatingTenant
    }

    static func isVouched(_ publisher: ShortString?, as user: ShortString) -> Bool {
        !user.isEmpty && publisher == user
    }
}

extension ConnectionSettings {
    /// The user that the broker knows the connection by; `nil` if that differs between brokers, or if a certificate is
    /// the login and the broker names the user.
    package var soleUser: ShortString? {
        let users = Set(endpoints.map { $0.mechanism == .plain ? $0.user : "" })
        return users.count == 1 ? users.first.flatMap { $0.isEmpty ? nil : ShortString($0) } : nil
    }
}
