/// One value for a statement, already in PostgreSQL's binary form.
package struct Parameter: Sendable {
    package let type: SQLType
    /// `nil` is NULL.
    let bytes: [UInt8]?
    let isMisused: Bool

    private init(_ type: SQLType, _ bytes: [UInt8]?, isMisused: Bool = false) {
        self.type = type
        self.bytes = bytes
        self.isMisused = isMisused
    }

    /// A whole column of rows, for `unnest`.
    package static func array(_ column: consuming ArrayColumn) -> Parameter {
        let (type, isMisused) = (column.element.array, column.isMisused)
        return Parameter(type, column.finished(), isMisused: isMisused)
    }

    /// The value of a column of one row, without the column.
    ///
    /// Of a column that has more rows or none, the batch is refused.
    package static func onlyValue(of column: borrowing ArrayColumn) -> Parameter {
        Parameter(column.element, column.onlyValue, isMisused: column.isMisused || column.count != 1)
    }

    package static func null(_ type: SQLType) -> Parameter { Parameter(type, nil) }

    package static func bool(_ value: Bool) -> Parameter { Parameter(.bool, [value ? 1 : 0]) }

    package static func int2(_ value: Int16) -> Parameter { integer(.int2, value) }

    package static func int4(_ value: Int32) -> Parameter { integer(.int4, value) }

    package static func int8(_ value: Int64) -> Parameter { integer(.int8, value) }

    package static func text(_ value: String) -> Parameter { Parameter(.text, Array(value.utf8)) }

    package static func text(utf8: [UInt8]) -> Parameter { Parameter(.text, utf8) }

    package static func json(_ value: String) -> Parameter { Parameter(.json, Array(value.utf8)) }

    package static func json(utf8: [UInt8]) -> Parameter { Parameter(.json, utf8) }

    package static func bytea(_ value: [UInt8]) -> Parameter { Parameter(.bytea, value) }

    /// A UUID: its 128 bits, the first byte the most significant.
    package static func uuid(_ value: UInt128) -> Parameter { integer(.uuid, value) }

    /// A moment in microseconds since 1970.
    package static func timestamptz(unixMicroseconds: Int64) -> Parameter {
        integer(.timestamptz, Timestamp.binary(fromUnixMicroseconds: unixMicroseconds))
    }

    private static func integer(_ type: SQLType, _ value: some FixedWidthInteger) -> Parameter {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: value)
        return Parameter(type, bytes)
    }
}
