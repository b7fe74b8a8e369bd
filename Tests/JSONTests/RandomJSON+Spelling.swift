import OrderTestKit

extension RandomJSON {
    /// One of the many texts for this value.
    func spelt(using random: inout SeededGenerator) -> String {
        let text =
            switch self {
            case .null: "null"
            case .bool(let value): value ? "true" : "false"
            case .number(let digits, let exponent): Self.number(digits, exponent, &random)
            case .string(let value): Self.string(value, &random)
            case .array(let elements): "[" + Self.joined(elements.map { $0.spelt(using: &random) }, &random) + "]"
            case .object(let members):
                "{"
                    + Self.joined(
                        members.sorted { $0.key < $1.key }.shuffled(using: &random).map {
                            Self.string($0.key, &random) + Self.space(&random) + ":" + $0.value.spelt(using: &random)
                        },
                        &random
                    ) + "}"
            }
        return Self.space(&random) + text + Self.space(&random)
    }

    private static func joined(_ parts: [String], _ random: inout SeededGenerator) -> String {
        parts.isEmpty ? space(&random) : parts.joined(separator: ",")
    }

    private static func space(_ random: inout SeededGenerator) -> String {
        [" ", "\n", "\t", "\r", "", "", "", ""].randomElement(using: &random) ?? ""
    }

    private static func number(_ digits: Int, _ exponent: Int, _ random: inout SeededGenerator) -> String {
        // Zeros behind a zero would be leading ones.
        let shift = digits == 0 ? 0 : Int.random(in: 0...12, using: &random)
        let zeros = String(repeating: "0", count: shift)
        let letter = Bool.random(using: &random) ? "e" : "E"
        return switch Int.random(in: 0..<3, using: &random) {
        case 0: "\(digits)\(zeros)\(letter)\(exponent - shift)"
        case 1: "\(digits).\(zeros)0\(letter)\(exponent >= 0 ? "+" : "")\(exponent)"
        default:
            "\(digits < 0 ? "-" : "")0.\(zeros)\(digits.magnitude)\(letter)\(exponent + shift + "\(digits.magnitude)".count)"
        }
    }

    private static func string(_ text: String, _ random: inout SeededGenerator) -> String {
        var spelt = "\""
        for unit in text.unicodeScalars {
            let mustEscape = unit.value < 0x20 || unit == "\"" || unit == "\\"
            if mustEscape || Bool.random(using: &random) {
                for codeUnit in String(unit).utf16 {
                    let digits = String(codeUnit, radix: 16, uppercase: .random(using: &random))
                    spelt += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                spelt.unicodeScalars.append(unit)
            }
        }
        return spelt + "\""
    }
}
