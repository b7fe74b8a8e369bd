/// One order of the input, and where it stood.
package struct OrderLine: Sendable, Equatable {
    /// A file's name, or `standard input`.
    package let source: String
    /// Counted from 1; of an order over several lines, the first.
    package let number: Int
    /// The order as it was read, without the line feed; empty where it was too long to be kept.
    package let text: [UInt8]
    /// Longer than any order may be.
    package let isTooLong: Bool

    package init(source: String, number: Int, text: [UInt8], isTooLong: Bool = false) {
        self.source = source
        self.number = number
        self.text = text
        self.isTooLong = isTooLong
    }

    /// For people: `orders.ndjson, line 7`.
    package var place: String { "\(source), line \(number)" }
}
