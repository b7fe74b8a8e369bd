internal import JSON

extension TokenClaims {
    /// The scopes that the token grants, none where it names none; `scope` counts before `scp`.
    ///
    /// Source: RFC 6749 §3.3; RFC 8693 §4.2.
    func scopes() throws(TokenRefusal) -> [String] {
        if let scope = root.member("scope") {
            guard let text = scope.utf8 else { throw .scopeMalformed }
            return try text.split(separator: UInt8(ascii: " ")).map { word throws(TokenRefusal) in try Self.scope(word)
            }
        }
        guard let list = root.member("scp") else { return [] }
        guard list.kind == .array else { throw .scopeMalformed }
        return try list.elements.map { node throws(TokenRefusal) in
            guard let word = node.utf8, !word.isEmpty else { throw .scopeMalformed }
            return try Self.scope(word)
        }
    }

    private static func scope(_ word: ArraySlice<UInt8>) throws(TokenRefusal) -> String {
        let isVisible = word.allSatisfy { byte in
            (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
        guard isVisible else { throw .scopeMalformed }
        return String(decoding: word, as: UTF8.self)
    }
}
