/// The value of `If-Match` or `If-None-Match`.
///
/// Source: RFC 9110 §13.1.
package enum EntityTagCondition: Sendable, Hashable {
    /// `*`: any version.
    case any
    /// Tags as sent; those that are not of our making match no version and are left out.
    case tags([SentTag])

    package struct SentTag: Sendable, Hashable {
        package let version: Int32
        /// `W/"3"`: the same for reading, and no ground for a change.
        package let isWeak: Bool
    }

    /// Reads the lines of a field.
    ///
    /// - Returns: `nil` where the field was not sent. What is neither `*` nor a list of tags matches no version.
    package init?(_ lines: [String]) {
        guard !lines.isEmpty else { return nil }
        let value = lines.joined(separator: ",")
        if value.trimmingBlanks == "*" {
            self = .any
            return
        }
        var tags: [SentTag] = []
        var scanner = FieldScanner(value)
        repeat {
            scanner.skipWhitespace()
            if scanner.isAtEnd || scanner.isAt(",") { continue }
            let isWeak = scanner.skip("W")
            guard !isWeak || scanner.skip("/"), let opaque = scanner.entityTag() else {
                self = .tags([])
                return
            }
            if let version = Int32(opaque), version > 0, String(version) == opaque {
                tags.append(SentTag(version: version, isWeak: isWeak))
            }
            scanner.skipWhitespace()
        } while scanner.skip(",")
        self = .tags(scanner.isAtEnd ? tags : [])
    }

    /// Whether a version is among the tags by weak comparison, as `If-None-Match` compares.
    package func matchesWeakly(_ version: Int32) -> Bool {
        switch self {
        case .any: true
        case .tags(let tags): tags.contains { $0.version == version }
        }
    }

    /// The versions that a change may start from, as `If-Match` compares; `nil` for any.
    package var strongVersions: [Int32]? {
        switch self {
        case .any: nil
        case .tags(let tags): tags.filter { !$0.isWeak }.map(\.version)
        }
    }
}

extension FieldScanner {
    /// An opaque tag's content; it knows no escapes, unlike a quoted string.
    fileprivate mutating func entityTag() -> String? {
        guard skip("\"") else { return nil }
        var content: [UInt8] = []
        while let byte = rest.first {
            _ = skip(Unicode.Scalar(byte))
            if byte == UInt8(ascii: "\"") { return String(decoding: content, as: UTF8.self) }
            guard byte >= 0x21, byte != 0x7f else { return nil }
            content.append(byte)
        }
        return nil
    }
}
