extension LogText {
    /// Writes a field whose value is text.
    package mutating func field(_ key: String, _ value: String) {
        field(key, bytes: value.utf8.span)
    }

    /// Writes a field whose value is text as UTF-8; what is not UTF-8 shows as U+FFFD.
    package mutating func field(_ key: String, bytes value: Span<UInt8>) {
        if style.format == .json, appendPlainMember(key.utf8.span, value) {
            return
        }
        appendKey(key)
        let isQuoted = style.format == .json || Self.needsQuotes(value)
        if isQuoted {
            bytes.append(UInt8(ascii: "\""))
        }
        VisibleText.append(value, to: &bytes)
        if isQuoted {
            bytes.append(UInt8(ascii: "\""))
        }
    }

    /// Writes a field whose value is a whole number.
    package mutating func field(_ key: String, _ value: some FixedWidthInteger) {
        appendKey(key)
        bytes.appendDecimal(value)
    }

    /// Writes a field whose value is a number; what JSON has no number for (infinite, not a number) becomes text.
    package mutating func field(_ key: String, _ value: Double) {
        guard value.isFinite else {
            field(key, "\(value)")
            return
        }
        appendKey(key)
        bytes.append(contentsOf: value.description.utf8)
    }

    /// Writes a field whose value is true or false.
    package mutating func field(_ key: String, _ value: Bool) {
        appendKey(key)
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    /// Writes a duration as a number of milliseconds with three decimals; the key's name ends in `_ms`.
    package mutating func field(_ key: String, milliseconds value: Duration) {
        appendKey(key)
        bytes.appendMilliseconds(value)
    }

    /// Writes the key and what stands between it and its value.
    mutating func appendKey(_ key: String) {
        switch style.format {
        case .json:
            bytes.append(contentsOf: #",""#.utf8)
            VisibleText.append(key.utf8.span, to: &bytes)
            bytes.append(contentsOf: #"":"#.utf8)
        case .pretty:
            bytes.append(UInt8(ascii: " "))
            VisibleText.append(key.utf8.span, to: &bytes)
            bytes.append(UInt8(ascii: "="))
        }
    }

    /// Appends JSON that is already well-formed and safe to show.
    mutating func appendRaw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    /// Appends text as a JSON string, quotes and all.
    mutating func appendQuoted(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        VisibleText.append(text.utf8.span, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes a JSON member in one go where neither key nor value needs an escape, as nearly always.
    ///
    /// Each append to an array costs some 30 ns, however short: this takes one where the general way takes six.
    ///
    /// - Returns: whether it was written; otherwise nothing was.
    private mutating func appendPlainMember(_ key: Span<UInt8>, _ value: Span<UInt8>) -> Bool {
        let start = bytes.count
        var isPlain = false
        bytes.append(addingCapacity: key.count + value.count + 6) { output in
            output.append(UInt8(ascii: ","))
            output.append(UInt8(ascii: "\""))
            guard VisibleText.appendPlain(key, to: &output) else { return }
            output.append(UInt8(ascii: "\""))
            output.append(UInt8(ascii: ":"))
            output.append(UInt8(ascii: "\""))
            guard VisibleText.appendPlain(value, to: &output) else { return }
            output.append(UInt8(ascii: "\""))
            isPlain = true
        }
        if !isPlain {
            removeBytes(from: start)
        }
        return isPlain
    }

    private static func needsQuotes(_ value: Span<UInt8>) -> Bool {
        guard !value.isEmpty else { return true }
        for index in value.indices {
            switch value[index] {
            case UInt8(ascii: " "), UInt8(ascii: "="), UInt8(ascii: "\""), UInt8(ascii: "\\"): return true
            default: continue
            }
        }
        return false
    }
}
