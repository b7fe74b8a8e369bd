/// Why a text is not the JSON that is read here, and where.
package struct JSONError: Error, Hashable, CustomStringConvertible {
    /// The rule that a text broke.
    package enum Reason: String, Sendable, CaseIterable {
        case tooLong = "the text is longer than allowed"
        case tooDeep = "objects and arrays are nested deeper than allowed"
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "this byte cannot stand here"
        case trailingBytes = "something follows the value"
        case byteOrderMark = "the text begins with a byte order mark"
        case invalidUTF8 = "the text is not UTF-8"
        case controlCharacter = "a string holds a control character"
        case invalidEscape = "a string holds an unknown escape"
        case loneSurrogate = "a string escapes half of a surrogate pair"
        case invalidNumber = "the number is malformed"
        case numberOutOfRange = "the number's exponent is out of range"
        case duplicateMember = "an object names a member twice"
    }

    package let reason: Reason
    /// Where the reader stopped, in bytes from the start of the text.
    package let offset: Int

    package init(reason: Reason, offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// Says what is wrong and where, and nothing of the text itself.
    package var description: String { "\(reason.rawValue), at byte \(offset)" }
}
