/// What an operator needs to know of an error: what happened, where, and what to do about it.
package struct Explanation: Sendable, Equatable {
    /// One sentence without a full stop.
    package let what: String
    /// The host, file, setting or line that it is about; never with a password.
    package let place: String?
    /// What to do; one step a line.
    package let advice: String?
    /// How the program then ends.
    package let status: ExitStatus

    package init(what: String, place: String? = nil, advice: String? = nil, status: ExitStatus = .failed) {
        self.what = what
        self.place = place
        self.advice = advice
        self.status = status
    }

    /// The lines to print on standard error.
    ///
    /// - Parameter isColoured: for a terminal.
    package func text(isColoured: Bool = false) -> String {
        var text = isColoured ? "\u{1B}[1;31merror:\u{1B}[0m " : "error: "
        text += TerminalText.safe(what, keepingLines: true) + "\n"
        if let place {
            text += "  where: \(TerminalText.safe(place))\n"
        }
        if let advice {
            let lines = advice.split(separator: "\n").map { TerminalText.safe(String($0)) }
            text += "  what to do: " + lines.joined(separator: "\n              ") + "\n"
        }
        return text
    }
}
