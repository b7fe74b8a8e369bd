internal import Orders

extension String {
    /// The text as a `text` column can hold it: without NUL.
    var storable: String {
        utf8.contains(0) ? String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "\u{fffd}" : $0 })) : self
    }
}

extension Caller {
    /// The scopes as a token writes them.
    var scopeText: String { scopes.joined(separator: " ").storable }
}
