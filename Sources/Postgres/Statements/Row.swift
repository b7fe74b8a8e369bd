/// One row of a result; reads are typed, columns count from 0.
///
/// Every read throws `PostgresError.unexpectedResult` if the column does not exist, is NULL or has another type.
package struct Row: Sendable {
    let rows: Rows
    let index: Int

    /// Whether the column is NULL; one that does not exist is not.
    package func isNull(_ column: Int) -> Bool {
        guard isValid(column) else { return false }
        return rows.handle.withValue(row: index, column: column) { _ in true } == nil
    }

    package func bool(_ column: Int) throws(PostgresError) -> Bool {
        try read(column, .bool) { $0.first.map { $0 != 0 } }
    }

    package func int16(_ column: Int) throws(PostgresError) -> Int16 {
        try read(column, .int2) { Int16(bigEndianBytes: $0) }
    }

    package func int32(_ column: Int) throws(PostgresError) -> Int32 {
        try read(column, .int4) { Int32(bigEndianBytes: $0) }
    }

    package func int64(_ column: Int) throws(PostgresError) -> Int64 {
        try read(column, .int8) { Int64(bigEndianBytes: $0) }
    }

    /// The 128 bits of a UUID, the first byte the most significant.
    package func uuid(_ column: Int) throws(PostgresError) -> UInt128 {
        try read(column, .uuid) { UInt128(bigEndianBytes: $0) }
    }

    /// A `timestamptz` in microseconds since 1970.
    package func unixMicroseconds(_ column: Int) throws(PostgresError) -> Int64 {
        try read(column, .timestamptz) { Int64(bigEndianBytes: $0).map(Timestamp.unixMicroseconds) }
    }

    /// A `text` or `json` value.
    package func string(_ column: Int) throws(PostgresError) -> String {
        try read(column, .text, .json) { String(decoding: $0, as: UTF8.self) }
    }

    /// The bytes of a `bytea`, or the UTF-8 of a `text` or `json` value.
    package func bytes(_ column: Int) throws(PostgresError) -> [UInt8] {
        try read(column, .bytea, .text, .json) { [UInt8]($0) }
    }

    private func isValid(_ column: Int) -> Bool {
        rows.indices.contains(index) && (0..<rows.handle.columnCount).contains(column)
    }

    private func read<Value>(
        _ column: Int,
        _ types: SQLType...,
        as decode: (UnsafeRawBufferPointer) -> Value?
    ) throws(PostgresError) -> Value {
        guard isValid(column) else { throw unexpected(column, "does not exist") }
        let type = SQLType(rawValue: rows.handle.type(ofColumn: column))
        guard let type, types.contains(type) else { throw unexpected(column, "has another type than \(types)") }
        guard let decoded = rows.handle.withValue(row: index, column: column, decode) else {
            throw unexpected(column, "is NULL")
        }
        guard let value = decoded else { throw unexpected(column, "has the wrong length") }
        return value
    }

    private func unexpected(_ column: Int, _ what: String) -> PostgresError {
        PostgresError(.unexpectedResult, "column \(column) of the result \(what)")
    }
}

extension FixedWidthInteger {
    /// The integer in network order, if the length is right.
    fileprivate init?(bigEndianBytes bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.bitWidth / 8 else { return nil }
        self = Self(bigEndian: bytes.loadUnaligned(as: Self.self))
    }
}
