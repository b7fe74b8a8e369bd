/// Values without names, kept as their encoded bytes.
package struct FieldArray: Sendable {
    /// The values, without the length before them.
    private(set) var encoded: ArraySlice<UInt8>
    let depth: Int

    init(encoded: ArraySlice<UInt8>, depth: Int) {
        self.encoded = encoded
        self.depth = depth
    }

    package init(_ values: some Sequence<FieldValue> = []) {
        encoded = []
        depth = 1
        for value in values { encoded.append(value) }
    }
}

extension FieldArray: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate var reader: ByteReader
        fileprivate let depth: Int

        /// The next value; `nil` at the end, and at the first thing that is not well-formed.
        package mutating func next() -> FieldValue? {
            reader.isAtEnd ? nil : reader.readValue(depth: depth)
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(reader: ByteReader(encoded), depth: depth)
    }

    package var underestimatedCount: Int { 0 }
}

extension FieldArray: Hashable {
    package static func == (left: FieldArray, right: FieldArray) -> Bool { left.encoded == right.encoded }

    package func hash(into hasher: inout Hasher) { hasher.combine(encoded) }
}

extension FieldArray: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: FieldValue...) {
        self.init(elements)
    }
}
