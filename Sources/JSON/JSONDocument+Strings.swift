extension JSONDocument {
    /// Whether an entry is a string of exactly this content, escapes resolved.
    func string(at index: Int, is content: StaticString) -> Bool {
        let entry = tape[index]
        guard entry.kind == .string else { return false }
        return content.withUTF8Buffer { wanted in
            if entry.isEscaped {
                return JSONEscape.unescaped(bytes[Int(entry.start)..<Int(entry.end)]).elementsEqual(wanted)
            }
            guard wanted.count == Int(entry.end - entry.start) else { return false }
            var position = Int(entry.start)
            for byte in wanted {
                guard bytes[position] == byte else { return false }
                position += 1
            }
            return true
        }
    }
}
