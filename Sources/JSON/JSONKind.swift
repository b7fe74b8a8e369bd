/// The kinds of value that RFC 8259 §3 knows.
package enum JSONKind: UInt8, Sendable, Hashable {
    case null, `false`, `true`, number, string, array, object
}
