/// One JSON text, read strictly and once: its bytes, and where each value stands in them.
///
/// A class, so that a cursor into it costs one reference.
package final class JSONDocument: Sendable {
    let bytes: [UInt8]
    let tape: [JSONTapeEntry]

    /// Reads a whole text.
    ///
    /// Refuses what RFC 8259 refuses, and beyond it: a byte order mark, an object that names a member twice (names are
    /// compared unescaped), half surrogate pairs, and numbers whose exponent, written without trailing zeros, exceeds
    /// 10¹⁵ either way.
    ///
    /// - Throws: `JSONError` with the first rule broken; asking again cannot help.
    /// - Complexity: linear in the bytes, without recursion.
    /// Source: RFC 8259; RFC 7493 §2.3 (I-JSON) for duplicate names.
    package init(parsing bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        var parser = JSONParser(bytes: bytes, limits: limits)
        try parser.parse()
        self.bytes = bytes
        tape = parser.tape
    }

    /// The value that the whole text is.
    package var root: JSONNode { JSONNode(document: self, index: 0) }
}
