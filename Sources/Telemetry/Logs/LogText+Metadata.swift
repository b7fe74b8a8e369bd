import Logging

extension LogText {
    /// Writes a field from swift-log metadata; lists and dictionaries become JSON in either format.
    mutating func field(_ key: String, metadata value: Logger.MetadataValue) {
        switch value {
        case .string(let text):
            field(key, text)
        case .stringConvertible(let number as Int):
            field(key, number)
        case .stringConvertible(let flag as Bool):
            field(key, flag)
        case .stringConvertible(let number as Double):
            field(key, number)
        case .stringConvertible(let other):
            field(key, other.description)
        case .array, .dictionary:
            appendKey(key)
            appendJSON(value, depth: 0)
        }
    }

    private mutating func appendJSON(_ value: Logger.MetadataValue, depth: Int) {
        guard depth < 8 else {
            appendQuoted("…")
            return
        }
        switch value {
        case .string(let text):
            appendQuoted(text)
        case .stringConvertible(let other):
            appendQuoted(other.description)
        case .array(let elements):
            appendRaw("[")
            for (index, element) in elements.enumerated() {
                appendRaw(index == 0 ? "" : ",")
                appendJSON(element, depth: depth + 1)
            }
            appendRaw("]")
        case .dictionary(let members):
            appendRaw("{")
            for (index, (key, member)) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                appendRaw(index == 0 ? "" : ",")
                appendQuoted(key)
                appendRaw(":")
                appendJSON(member, depth: depth + 1)
            }
            appendRaw("}")
        }
    }
}
