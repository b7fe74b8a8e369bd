/// Names and values in the order in which they were sent, kept as their encoded bytes.
///
/// Looking a name up scans the bytes and copies nothing. Names may repeat; look-ups find the first.
/// Source: AMQP 0-9-1 §4.2.5.5, with the type letters of RabbitMQ and librabbitmq (`amqp.h`).
package struct FieldTable: Sendable {
    /// How many levels of tables and arrays within each other can be looked into.
    package static let maximumDepth = 16

    /// The entries, without the length before them.
    private(set) var encoded: ArraySlice<UInt8>
    let depth: Int

    package init() {
        encoded = []
        depth = 1
    }

    init(encoded: ArraySlice<UInt8>, depth: Int = 1) {
        self.encoded = encoded
        self.depth = depth
    }

    package var isEmpty: Bool { encoded.isEmpty }

    /// Encoded size in bytes, without the length before the entries.
    package var byteCount: Int { encoded.count }

    /// Adds an entry, without looking whether the name is there already.
    package mutating func append(_ name: ShortString, _ value: FieldValue) {
        encoded.append(UInt8(truncatingIfNeeded: name.bytes.count))
        encoded.append(contentsOf: name.bytes)
        encoded.append(value)
    }

    /// The first value of that name.
    package subscript(name: StaticString) -> FieldValue? {
        first { $0.name == name }?.value
    }

    /// The first value of that name.
    package func first(named name: ShortString) -> FieldValue? {
        first { $0.name == name }?.value
    }

    package func contains(_ name: StaticString) -> Bool {
        contains { $0.name == name }
    }
}

extension FieldTable: Sequence {
    package struct Entry: Sendable, Hashable {
        package let name: ShortString
        fileprivate let encodedValue: ArraySlice<UInt8>
        fileprivate let depth: Int

        package var value: FieldValue {
            var reader = ByteReader(encodedValue)
            return reader.readValue(depth: depth) ?? .void
        }
    }

    package struct Iterator: IteratorProtocol {
        fileprivate var reader: ByteReader
        fileprivate let depth: Int

        /// The next entry; `nil` at the end, and at the first thing that is not well-formed.
        package mutating func next() -> Entry? {
            guard !reader.isAtEnd, let name = reader.readShortString(), let value = reader.readEncodedValue() else {
                return nil
            }
            return Entry(name: name, encodedValue: value, depth: depth)
        }
    }

    package func makeIterator() -> Iterator {
        Iterator(reader: ByteReader(encoded), depth: depth)
    }

    package var underestimatedCount: Int { 0 }
}

extension FieldTable: Hashable {
    package static func == (left: FieldTable, right: FieldTable) -> Bool { left.encoded == right.encoded }

    package func hash(into hasher: inout Hasher) { hasher.combine(encoded) }
}

extension FieldTable: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (ShortString, FieldValue)...) {
        self.init()
        for (name, value) in elements { append(name, value) }
    }
}
