/// The value of a message header, of any of the types that AMQP knows.
///
/// Source: AMQP 0-9-1 §4.2.5.5, with the type letters of RabbitMQ.
package indirect enum HeaderValue: Sendable, Hashable {
    case bool(Bool)
    case int8(Int8)
    case uint8(UInt8)
    case int16(Int16)
    case uint16(UInt16)
    case int32(Int32)
    case uint32(UInt32)
    case int64(Int64)
    case uint64(UInt64)
    /// By its bits, so that every NaN is kept.
    case float(bits: UInt32)
    /// By its bits, so that every NaN is kept.
    case double(bits: UInt64)
    /// `value` divided by ten to the power of `scale`.
    case decimal(scale: UInt8, value: UInt32)
    /// Seconds since 1970, as AMQP has it; not every sender keeps to it.
    case timestamp(UInt64)
    /// A long string: usually UTF-8, but kept as it came.
    case string([UInt8])
    /// A byte array, which claims to be no text.
    case bytes([UInt8])
    case array([HeaderValue])
    case table([LetterHeader])
    case void

    package static func text(_ text: String) -> HeaderValue {
        .string(Array(text.utf8))
    }

    /// The text of a string, or `nil` if it is none or not valid UTF-8.
    package var text: String? {
        guard case .string(let bytes) = self else { return nil }
        return String(validating: bytes, as: UTF8.self)
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
