/// One value of a field table or field array.
///
/// Nested tables and arrays stay encoded until they are looked into, so no depth of nesting costs stack or time.
package enum FieldValue: Sendable, Hashable {
    case bool(Bool)
    case int8(Int8)
    case uint8(UInt8)
    case int16(Int16)
    case uint16(UInt16)
    case int32(Int32)
    case uint32(UInt32)
    case int64(Int64)
    case uint64(UInt64)
    case float(Float)
    case double(Double)
    /// `value` divided by ten to the power of `scale`.
    case decimal(scale: UInt8, value: UInt32)
    /// Seconds since 1970, as AMQP has it; not every sender keeps to it.
    case timestamp(UInt64)
    /// A long string: usually UTF-8, but kept as it came.
    case string(ArraySlice<UInt8>)
    /// A byte array (`x`), which claims to be no text.
    case bytes(ArraySlice<UInt8>)
    case array(FieldArray)
    case table(FieldTable)
    case void
    /// A table or array nested deeper than `FieldTable.maximumDepth`.
    case tooDeep

    /// A long string of a text.
    package static func text(_ string: some StringProtocol) -> FieldValue {
        .string(ArraySlice(string.utf8))
    }

    /// The text of a string value, or `nil` if it is none or not valid UTF-8.
    package var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The bytes of a string value, whatever they are.
    package var stringBytes: ArraySlice<UInt8>? {
        guard case .string(let bytes) = self else { return nil }
        return bytes
    }

    /// The bytes of a value that has any, nested ones as they are encoded: for looking through them, not for reading.
    package var carriedBytes: ArraySlice<UInt8>? {
        switch self {
        case .string(let bytes), .bytes(let bytes): bytes
        case .array(let array): array.encoded
        case .table(let table): table.encoded
        default: nil
        }
    }

    /// The number of any of the integer types, if `Int64` can hold it.
    package var integer: Int64? {
        switch self {
        case .int8(let value): Int64(value)
        case .uint8(let value): Int64(value)
        case .int16(let value): Int64(value)
        case .uint16(let value): Int64(value)
        case .int32(let value): Int64(value)
        case .uint32(let value): Int64(value)
        case .int64(let value): value
        case .uint64(let value): Int64(exactly: value)
        default: nil
        }
    }
}
