import Telemetry

/// Text from elsewhere, made fit for a terminal.
package enum TerminalText {
    /// Replaces what a terminal would act on (escape sequences, control characters, marks that turn the direction of
    /// writing) by U+FFFD, and line breaks and tabs by a space.
    ///
    /// - Parameter keepingLines: leaves line feeds as they are.
    package static func safe(_ text: String, keepingLines: Bool = false) -> String {
        guard text.unicodeScalars.contains(where: VisibleText.isHidden) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where keepingLines: safe += "\n"
            case "\n", "\r", "\t": safe += " "
            case _ where VisibleText.isHidden(scalar): safe += "\u{FFFD}"
            default: safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// The number of terminal columns that a text takes: two for a wide East Asian character or an emoji.
    ///
    /// Source: the wide ranges of Unicode's EastAsianWidth, coarsely.
    package static func columns(of text: String) -> Int {
        text.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    private static func isWide(_ character: Character) -> Bool {
        switch character.unicodeScalars.first?.value ?? 0 {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
