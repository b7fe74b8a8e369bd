package import Orders

/// A bus that also says whether it can be used now.
package protocol SendingBus: CommandBus {
    /// Waits for a connection, as long as is allowed.
    func isAvailable(within limit: Duration) async -> Bool

    /// Why there is no connection, in the library's or the broker's words; nil where that is not known.
    var trouble: String? { get }
}
