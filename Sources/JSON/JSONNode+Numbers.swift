extension JSONNode {
    /// A number as it is spelt; nil where the value is not a number.
    package var numberLexeme: ArraySlice<UInt8>? {
        kind == .number ? text : nil
    }

    /// A number's value where it is an integer of 64 bits, however it is spelt: `1`, `1.0` and `10e-1` alike.
    ///
    /// Source: JSON Schema 2020-12 Validation §6.1.1 (an integer is a number with a zero fractional part).
    package var asInt64: Int64? { decimal?.asInt64 }

    /// A number's value in binary floating point, rounded; nil where it is not a number or not finite.
    package var asDouble: Double? {
        guard let lexeme = numberLexeme else { return nil }
        if let whole = asInt64, whole.magnitude < 1 << 53 { return Double(whole) }
        guard let value = Double(String(decoding: lexeme, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// The exact value of a number.
    var decimal: JSONDecimal? {
        let entry = entry
        guard entry.kind == .number else { return nil }
        return JSONDecimal(document.bytes, from: Int(entry.start), to: Int(entry.end))
    }
}
