/// Writes an event as it goes over the wire.
///
/// The store calls it inside the transaction that the event belongs to.
package protocol EventEncoder: Sendable {
    func encode(_ event: OrderEvent) -> [UInt8]
}
