/// PostgreSQL's clock: `timestamptz` counts microseconds from 2000-01-01, everybody else from 1970-01-01.
///
/// Source: PostgreSQL 15, `src/include/datatype/timestamp.h` (POSTGRES_EPOCH_JDATE).
enum Timestamp {
    private static let epochOffset: Int64 = 946_684_800_000_000

    /// Wraps beyond the 292 000 years that 64 bits hold; the server refuses such a value.
    static func binary(fromUnixMicroseconds microseconds: Int64) -> Int64 { microseconds &- epochOffset }

    static func unixMicroseconds(fromBinary binary: Int64) -> Int64 { binary &+ epochOffset }
}
