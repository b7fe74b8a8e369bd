extension JSONNode {
    /// A string's content as UTF-8, escapes resolved; nil where the value is not a string.
    ///
    /// - Complexity: constant, and without a copy, where the string holds no escape.
    package var utf8: ArraySlice<UInt8>? {
        let entry = entry
        guard entry.kind == .string else { return nil }
        let raw = document.bytes[Int(entry.start)..<Int(entry.end)]
        return entry.isEscaped ? JSONEscape.unescaped(raw)[...] : raw
    }

    /// A string's content; nil where the value is not a string.
    package var asString: String? {
        utf8.map { String(decoding: $0, as: UTF8.self) }
    }

    /// How many Unicode scalars a string holds; nil where the value is not a string.
    package var scalarCount: Int? {
        utf8?.reduce(into: 0) { count, byte in count += byte & 0xC0 == 0x80 ? 0 : 1 }
    }

    /// Whether the value is a string of exactly this content.
    package func isString(_ content: StaticString) -> Bool {
        document.string(at: index, is: content)
    }
}
