/// A setting's name and what its reader needs to know of it.
package struct Setting: Sendable, Hashable {
    /// What of a value must not be shown.
    package enum Secrecy: Sendable {
        case open
        /// The password in a URL.
        case url
        /// All of it.
        case whole
    }

    /// The environment variable; with `_FILE` after it, the variable that names a file with the value.
    package let name: String
    /// A value that would do.
    package let example: String
    package let secrecy: Secrecy

    package init(_ name: String, example: String, secrecy: Secrecy = .open) {
        self.name = name
        self.example = example
        self.secrecy = secrecy
    }

    /// The value as it may be printed.
    package func shown(_ value: String) -> String {
        switch secrecy {
        case .open: TerminalText.safe(value)
        case .url: TerminalText.safe(MaskedURL.mask(value))
        case .whole: "***"
        }
    }
}
