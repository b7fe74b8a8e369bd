internal import Crypto

/// The identity of an event: derived from the order and its version, so that no crash can give one event two ids.
package struct EventID: Sendable, Hashable {
    /// 16 bytes: a UUID of version 8 (RFC 9562 §5.8).
    package let bytes: [UInt8]

    package init(orderID: OrderID, version: Int32) {
        var input = Array("orderbus.event".utf8) + orderID.bytes
        withUnsafeBytes(of: version.bigEndian) { input.append(contentsOf: $0) }
        var bytes = Array(SHA256.hash(data: input).prefix(16))
        bytes[6] = bytes[6] & 0x0f | 0x80
        bytes[8] = bytes[8] & 0x3f | 0x80
        self.bytes = bytes
    }

    /// Takes the id from a store; `nil` unless there are 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }
}

extension EventID: CustomStringConvertible {
    /// The usual form of a UUID: 8-4-4-4-12 lower-case hexadecimal digits.
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (position, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(position) { text.append(0x2d) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
