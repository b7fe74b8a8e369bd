/// Writes text from anywhere so that a log reader's terminal or parser takes it as text alone.
///
/// Escaped as `\uXXXX`, beside what JSON itself demands: control characters with ESC and DEL, the C1 controls,
/// line and paragraph separators, and the marks that turn the direction of writing (Unicode UAX #9).
package enum VisibleText {
    /// Bytes of one value that are written at most; the rest is replaced by `…`.
    package static let maximumBytes = 8 * 1024

    /// Appends the text, escaped as the inside of a JSON string.
    package static func append(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
        let count = min(text.count, maximumBytes)
        if isPlain(text.extracting(first: count)) {
            bytes.append(copying: text.extracting(first: count))
        } else {
            appendEscaped(text.extracting(first: count), to: &bytes)
        }
        if text.count > count {
            bytes.append(contentsOf: "…".utf8)
        }
    }

    /// Whether every byte is printable ASCII that needs no escape.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        for index in text.indices where !isPlain(text[index]) {
            return false
        }
        return true
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// Appends the text if nothing in it needs an escape, and otherwise a part of it.
    ///
    /// - Returns: whether all of it was appended. The output must have room for it.
    @inline(__always)
    static func appendPlain(_ text: Span<UInt8>, to output: inout OutputSpan<UInt8>) -> Bool {
        guard text.count <= maximumBytes else { return false }
        for index in text.indices {
            let byte = text[index]
            guard isPlain(byte) else { return false }
            output.append(byte)
        }
        return true
    }

    private static func appendEscaped(_ text: Span<UInt8>, to bytes: inout [UInt8]) {
        var copy: [UInt8] = []
        copy.append(copying: text)
        // Decoding puts U+FFFD where the bytes are not UTF-8, or where the limit has cut a character.
        for scalar in String(decoding: copy, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"", "\\":
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            case "\n": bytes.append(contentsOf: "\\n".utf8)
            case "\r": bytes.append(contentsOf: "\\r".utf8)
            case "\t": bytes.append(contentsOf: "\\t".utf8)
            case _ where isHidden(scalar): appendHexadecimal(scalar, to: &bytes)
            default: bytes.append(contentsOf: scalar.utf8)
            }
        }
    }

    /// Whether a character acts on a terminal or on the order of what stands around it, and shows nothing itself.
    package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }

    /// Every hidden character lies in the basic plane, so four digits suffice.
    private static func appendHexadecimal(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\\u".utf8)
        for shift in [12, 8, 4, 0] as [UInt32] {
            let digit = UInt8(truncatingIfNeeded: scalar.value >> shift & 0xF)
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}

extension [UInt8] {
    /// Appends a copy of the span's bytes.
    mutating func append(copying span: Span<UInt8>) {
        span.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
