/// A text to be found, in the forms in which the indexes of bodies and error texts find it.
struct Needle {
    let bytes: [UInt8]
    private let text: String

    init(_ text: String) {
        self.text = text.storable
        bytes = Array(text.utf8)
    }

    /// How much of a body the index covers; longer bodies are looked through.
    static let searchedByteCount = 16384

    /// The expression that is indexed: bytes that are no ASCII as `\nnn`, so that each is the same in every place.
    static let searched = "encode(substr(body, 1, \(searchedByteCount)), 'escape')"

    /// Whether the index has anything to go by: it knows groups of three letters or digits.
    var isIndexed: Bool {
        var run = 0
        for byte in bytes {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: run += 1
            default: run = 0
            }
            if run == 3 { return true }
        }
        return false
    }

    var errorPattern: String { "%\(Self.literal(text))%" }

    /// The bytes as PostgreSQL's format `escape` writes them.
    ///
    /// Source: PostgreSQL 15, §9.5.
    var bodyPattern: String {
        let written = bytes.map { byte in
            switch byte {
            case 0, 0x80...: "\\" + String(byte / 64) + String(byte / 8 % 8) + String(byte % 8)
            case 0x5c: "\\\\"
            default: String(UnicodeScalar(byte))
            }
        }
        return "%\(Self.literal(written.joined()))%"
    }

    /// As LIKE takes it for itself.
    private static func literal(_ text: String) -> String {
        var literal = ""
        for scalar in text.unicodeScalars {
            if scalar == "%" || scalar == "_" || scalar == "\\" { literal += "\\" }
            literal.unicodeScalars.append(scalar)
        }
        return literal
    }
}
