/// One header of a message; names may repeat, and their order is kept.
package struct LetterHeader: Sendable, Hashable {
    /// At most 255 bytes, usually UTF-8, but kept as they came.
    package let name: [UInt8]
    package let value: HeaderValue

    package init(name: [UInt8], value: HeaderValue) {
        self.name = name
        self.value = value
    }

    package init(_ name: String, _ value: HeaderValue) {
        self.init(name: Array(name.utf8), value: value)
    }

    /// The name for people, with every invalid sequence replaced.
    package var label: String { String(decoding: name, as: UTF8.self) }
}

extension [LetterHeader] {
    /// The first value of that name.
    package func first(named name: String) -> HeaderValue? {
        first { $0.name.elementsEqual(name.utf8) }?.value
    }
}
