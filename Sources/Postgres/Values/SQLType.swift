/// The types that parameters and results may have, by their fixed OIDs.
///
/// Source: PostgreSQL 15, `src/include/catalog/pg_type.dat`.
package enum SQLType: UInt32, Sendable, Hashable, CaseIterable {
    case bool = 16
    case bytea = 17
    case int8 = 20
    case int2 = 21
    case int4 = 23
    case text = 25
    case json = 114
    case timestamptz = 1184
    case uuid = 2950
    case boolArray = 1000
    case byteaArray = 1001
    case int8Array = 1016
    case int2Array = 1005
    case int4Array = 1007
    case textArray = 1009
    case jsonArray = 199
    case timestamptzArray = 1185
    case uuidArray = 2951

    /// The array of this type; an array has no array type but its own.
    package var array: SQLType {
        switch self {
        case .bool, .boolArray: .boolArray
        case .bytea, .byteaArray: .byteaArray
        case .int8, .int8Array: .int8Array
        case .int2, .int2Array: .int2Array
        case .int4, .int4Array: .int4Array
        case .text, .textArray: .textArray
        case .json, .jsonArray: .jsonArray
        case .timestamptz, .timestamptzArray: .timestamptzArray
        case .uuid, .uuidArray: .uuidArray
        }
    }
}
