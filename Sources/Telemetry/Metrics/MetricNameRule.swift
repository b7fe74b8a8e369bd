/// Brings names from anywhere into the form that the exposition allows.
enum MetricNameRule {
    /// A metric's name, `[a-zA-Z_:][a-zA-Z0-9_:]*`; other characters become underscores.
    static func metric(_ name: String) -> String {
        sanitized(name, allowingColon: true)
    }

    /// A label's name, `[a-zA-Z_][a-zA-Z0-9_]*`; `le` belongs to histograms and gets a word before it.
    static func label(_ name: String) -> String {
        let name = sanitized(name, allowingColon: false)
        return name == "le" ? "label_le" : name
    }

    private static func sanitized(_ name: String, allowingColon: Bool) -> String {
        var bytes: [UInt8] = []
        for (index, byte) in name.utf8.enumerated() {
            let isLetter = (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z")
            let isDigit = byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
            if isDigit, index == 0 {
                bytes.append(UInt8(ascii: "_"))
            }
            let isAllowed = isLetter || isDigit || (byte == UInt8(ascii: ":") && allowingColon)
            bytes.append(isAllowed ? byte : UInt8(ascii: "_"))
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }
}
