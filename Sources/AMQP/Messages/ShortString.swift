/// At most 255 bytes, as AMQP's short strings are: usually UTF-8, but kept as they came.
package struct ShortString: Sendable, Hashable {
    package let bytes: ArraySlice<UInt8>

    /// Takes bytes as they are, unless there are more than 255.
    package init?(bytes: ArraySlice<UInt8>) {
        guard bytes.count <= 255 else { return nil }
        self.bytes = bytes
    }

    /// Takes the UTF-8 of a string, unless it is longer than 255 bytes.
    package init?(_ string: some StringProtocol) {
        self.init(bytes: ArraySlice(string.utf8))
    }

    /// Takes bytes whose count the wire format has already limited.
    init(unchecked bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    package static let empty = ShortString(unchecked: [])

    package var isEmpty: Bool { bytes.isEmpty }

    /// The text, or `nil` if the bytes are not valid UTF-8.
    package var string: String? { String(validating: bytes, as: UTF8.self) }

    package static func == (text: ShortString, literal: StaticString) -> Bool {
        text.bytes.equals(literal)
    }
}

extension ShortString: ExpressibleByStringLiteral {
    /// Takes a literal, cut off after 255 bytes.
    ///
    /// Makes a copy each time: keep it in a constant on hot paths.
    package init(stringLiteral value: String) {
        bytes = Array(value.utf8).prefix(255)
    }
}

extension ShortString: CustomStringConvertible {
    /// The text, with every invalid sequence replaced.
    package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension ArraySlice<UInt8> {
    func equals(_ literal: StaticString) -> Bool {
        guard literal.hasPointerRepresentation, count == literal.utf8CodeUnitCount else { return false }
        let expected = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
        return withUnsafeBufferPointer { $0.elementsEqual(expected) }
    }
}
