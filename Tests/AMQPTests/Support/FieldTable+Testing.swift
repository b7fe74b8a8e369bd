@testable import AMQP

extension FieldTable {
    /// A table of one entry whose value is encoded already: type letter and all.
    init?(testing name: ShortString, encodedValue: [UInt8]) {
        var encoded: [UInt8] = [UInt8(truncatingIfNeeded: name.bytes.count)]
        encoded += name.bytes
        encoded += encodedValue
        self.init(encoded: encoded[...])
        guard contains(where: { $0.name == name }) else { return nil }
    }
}
