package import Orders

/// Writes an event as one line of text, for tests that do not look at CloudEvents.
package struct PlainEventEncoder: EventEncoder {
    package init() {}

    package func encode(_ event: OrderEvent) -> [UInt8] {
        Array("\(event.type.rawValue) \(event.tenant) \(event.orderID) \(event.version) \(event.time)".utf8)
    }
}
