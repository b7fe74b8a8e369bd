/// An error text with everything that differs from message to message taken out.
///
/// `customerId "c_1" has 512 orders` and `customerId "c_2" has 7 orders` are one pattern: `customerId … has # orders`.
package struct FailurePattern: Sendable, Hashable {
    /// At most ``characterLimit`` characters.
    package let text: String
    package static let characterLimit = 300

    package init(normalising message: String) {
        var scanner = PatternScanner(message)
        text = scanner.pattern(limit: Self.characterLimit)
    }
}

/// Reads a text once, from the left.
///
/// Quoted text becomes `…`; words that hold a digit become `#` if they are numbers and `…` if they are ids.
private struct PatternScanner {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ message: String) {
        // What is far beyond the limit cannot show.
        scalars = Array(message.unicodeScalars.prefix(4 * FailurePattern.characterLimit))
    }

    mutating func pattern(limit: Int) -> String {
        var pattern = String.UnicodeScalarView()
        while index < scalars.count, pattern.count < limit {
            let scalar = scalars[index]
            if let close = Self.closing(scalar), let end = end(of: close) {
                pattern.append("…")
                index = end + 1
            } else if Self.isWord(scalar) {
                pattern.append(contentsOf: word())
            } else if scalar.properties.isWhitespace || scalar.value < 0x20 {
                if pattern.last != " ", !pattern.isEmpty { pattern.append(" ") }
                index += 1
            } else {
                pattern.append(scalar)
                index += 1
            }
        }
        var text = String(pattern)
        while text.last == " " { text.removeLast() }
        return text
    }

    /// A quote that opens: behind a letter it is an apostrophe.
    private func isOpening() -> Bool {
        index == 0 || !Self.isWord(scalars[index - 1])
    }

    private func end(of close: Unicode.Scalar) -> Int? {
        guard isOpening() else { return nil }
        var position = index + 1
        while position < scalars.count {
            if scalars[position] == close {
                // Not the apostrophe of a word inside.
                let isEnd = position + 1 == scalars.count || !Self.isWord(scalars[position + 1])
                if isEnd || close != "'" { return position }
            }
            position += 1
        }
        return nil
    }

    private mutating func word() -> String.UnicodeScalarView {
        let start = index
        while index < scalars.count, Self.isWord(scalars[index]) || isInnerMark() { index += 1 }
        let word = scalars[start..<index]
        guard word.contains(where: Self.isDigit) else { return String.UnicodeScalarView(word) }
        let isNumber = word.allSatisfy { Self.isDigit($0) || ".:,-".unicodeScalars.contains($0) }
        return isNumber ? "#".unicodeScalars : "…".unicodeScalars
    }

    /// A mark between two parts of one number, id or path: `25.50`, `9d0c-2c1b`, `12:30`.
    private func isInnerMark() -> Bool {
        guard index + 1 < scalars.count, ".-:,".unicodeScalars.contains(scalars[index]) else { return false }
        return Self.isWord(scalars[index + 1]) && (Self.isDigit(scalars[index + 1]) || Self.isDigit(scalars[index - 1]))
    }

    private static func closing(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar {
        case "\"", "'", "`": scalar
        case "“": "”"
        case "«": "»"
        default: nil
        }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        ("0"..."9").contains(scalar)
    }

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || scalar == "_" || scalar.properties.isAlphabetic
    }
}
