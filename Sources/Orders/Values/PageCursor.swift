/// How the place where a page ended is written: a moment, and the id of what was last.
enum PageCursor {
    static func text(_ moment: Timestamp, _ id: String) -> String {
        "\(String(UInt64(bitPattern: moment.milliseconds), radix: 36))-\(id)"
    }

    /// - Returns: `nil` if ``text(_:_:)`` cannot have written it.
    static func parts(_ cursor: String) -> (Timestamp, id: String)? {
        guard let separator = cursor.firstIndex(of: "-"),
            let bits = UInt64(cursor[..<separator], radix: 36)
        else { return nil }
        let milliseconds = Int64(bitPattern: bits)
        // Year 9999: beyond it the store's own arithmetic would be the one to refuse.
        guard (0...253_402_300_799_999).contains(milliseconds) else { return nil }
        return (Timestamp(milliseconds: milliseconds), String(cursor[cursor.index(after: separator)...]))
    }
}
