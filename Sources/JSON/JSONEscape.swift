/// What escapes in strings stand for, and how strings are escaped.
enum JSONEscape {
    /// Reads four hexadecimal digits; nil where they are not.
    static func codeUnit(_ digits: ArraySlice<UInt8>) -> UInt32? {
        var unit: UInt32 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "a") + 10)
            case UInt8(ascii: "A")...UInt8(ascii: "F"): unit = unit << 4 | UInt32(digit - UInt8(ascii: "A") + 10)
            default: return nil
            }
        }
        return unit
    }

    /// Returns the content of a string that the reader has accepted, with its escapes resolved.
    static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var content: [UInt8] = []
        content.reserveCapacity(raw.count)
        var index = raw.startIndex
        while index < raw.endIndex {
            guard raw[index] == UInt8(ascii: "\\"), index + 1 < raw.endIndex else {
                content.append(raw[index])
                index += 1
                continue
            }
            let letter = raw[index + 1]
            if letter == UInt8(ascii: "u") {
                index += appendScalar(escapedAt: index, in: raw, to: &content)
            } else {
                content.append(single(letter))
                index += 2
            }
        }
        return content
    }

    /// Appends what `\uXXXX`, or a pair of them, stands for, and returns the length of the escape.
    private static func appendScalar(escapedAt index: Int, in raw: ArraySlice<UInt8>, to content: inout [UInt8]) -> Int
    {
        let unit = codeUnit(raw[index + 2..<index + 6]) ?? 0
        if let scalar = Unicode.Scalar(unit) {
            content.append(contentsOf: scalar.utf8)
            return 6
        }
        let low = codeUnit(raw[index + 8..<index + 12]) ?? 0
        let scalar = Unicode.Scalar(0x10000 + ((unit &- 0xD800) << 10) + (low &- 0xDC00)) ?? "\u{FFFD}"
        content.append(contentsOf: scalar.utf8)
        return 12
    }

    private static func single(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: letter
        }
    }
}
