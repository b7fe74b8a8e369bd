/// One column of many rows, encoded as the binary form of a one-dimensional array.
///
/// All rows go into one buffer, so appending allocates nothing once the capacity is right. An `append` that does not
/// fit the element type is remembered, and the batch that holds the column is refused.
/// Source: PostgreSQL 15, `src/backend/utils/adt/arrayfuncs.c`, `array_recv`.
package struct ArrayColumn: Sendable {
    package let element: SQLType
    package private(set) var count = 0
    private(set) var bytes: [UInt8]
    private var hasNull = false
    private(set) var isMisused = false

    /// Dimensions, flags, type; length and lower bound of the one dimension.
    private static let headerByteCount = 20

    /// Makes an empty column.
    ///
    /// - Parameters:
    ///   - element: the type of one value.
    ///   - capacity: rows expected; more are fine.
    ///   - valueBytes: bytes expected of each value.
    package init(_ element: SQLType, capacity: Int = 0, valueBytes: Int = 16) {
        self.element = element
        bytes = []
        bytes.reserveCapacity(Self.headerByteCount + max(0, capacity) * (4 + valueBytes))
        for word: Int32 in [1, 0, Int32(bitPattern: element.rawValue), 0, 1] {
            bytes.append(bigEndian: word)
        }
    }

    package mutating func appendNull() {
        bytes.append(bigEndian: Int32(-1))
        count += 1
        hasNull = true
    }

    package mutating func append(_ value: Bool) {
        guard begin(.bool) else { return }
        bytes.append(bigEndian: Int32(1))
        bytes.append(value ? 1 : 0)
    }

    package mutating func append(_ value: Int16) {
        guard begin(.int2) else { return }
        bytes.append(bigEndian: Int32(2))
        bytes.append(bigEndian: value)
    }

    package mutating func append(_ value: Int32) {
        guard begin(.int4) else { return }
        bytes.append(bigEndian: Int32(4))
        bytes.append(bigEndian: value)
    }

    package mutating func append(_ value: Int64) {
        guard begin(.int8) else { return }
        appendWord(value)
    }

    /// Appends a moment in microseconds since 1970.
    package mutating func append(unixMicroseconds: Int64) {
        guard begin(.timestamptz) else { return }
        appendWord(Timestamp.binary(fromUnixMicroseconds: unixMicroseconds))
    }

    /// Appends a UUID: its 128 bits, the first byte the most significant.
    package mutating func append(uuid: UInt128) {
        guard begin(.uuid) else { return }
        bytes.append(bigEndian: Int32(16))
        bytes.append(bigEndian: uuid)
    }

    /// Appends the text of a `text` or `json` value.
    package mutating func append(_ text: String) {
        guard begin(.text, .json) else { return }
        var text = text
        text.withUTF8 { appendBytes(UnsafeRawBufferPointer($0)) }
    }

    /// Appends UTF-8 bytes as a `text` or `json` value.
    ///
    /// The server checks the encoding.
    package mutating func append(utf8: [UInt8]) {
        guard begin(.text, .json) else { return }
        utf8.withUnsafeBytes { appendBytes($0) }
    }

    /// Appends UTF-8 bytes as a `text` or `json` value.
    ///
    /// The server checks the encoding.
    package mutating func append(utf8: RawSpan) {
        guard begin(.text, .json) else { return }
        utf8.withUnsafeBytes { appendBytes($0) }
    }

    package mutating func append(bytes value: [UInt8]) {
        guard begin(.bytea) else { return }
        value.withUnsafeBytes { appendBytes($0) }
    }

    package mutating func append(bytes value: RawSpan) {
        guard begin(.bytea) else { return }
        value.withUnsafeBytes { appendBytes($0) }
    }

    /// Of a column of one row, the value as it is sent by itself; `nil` where it is NULL.
    var onlyValue: [UInt8]? {
        hasNull ? nil : Array(bytes.dropFirst(Self.headerByteCount + 4))
    }

    /// The column with its header completed.
    package consuming func finished() -> [UInt8] {
        bytes.replace(at: 4, bigEndian: hasNull ? 1 : 0)
        bytes.replace(at: 12, bigEndian: Int32(truncatingIfNeeded: count))
        return bytes
    }

    private mutating func begin(_ type: SQLType, _ alternative: SQLType? = nil) -> Bool {
        guard element == type || element == alternative else {
            isMisused = true
            return false
        }
        count += 1
        return true
    }

    private mutating func appendWord(_ value: Int64) {
        bytes.append(bigEndian: Int32(8))
        bytes.append(bigEndian: value)
    }

    private mutating func appendBytes(_ value: UnsafeRawBufferPointer) {
        // A longer value makes the whole parameter too long, which is refused before it is sent.
        bytes.append(bigEndian: Int32(truncatingIfNeeded: value.count))
        bytes.append(contentsOf: value)
    }
}
