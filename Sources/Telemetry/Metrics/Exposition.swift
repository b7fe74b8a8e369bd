/// The text that a Prometheus server scrapes, format 0.0.4.
struct Exposition {
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var bytes: [UInt8] = []

    /// Writes the two lines that go before a metric's samples.
    mutating func header(name: String, kind: MetricKind, help: String) {
        if !help.isEmpty {
            bytes.append(contentsOf: "# HELP \(name) \(Self.escapedHelp(help))\n".utf8)
        }
        bytes.append(contentsOf: "# TYPE \(name) \(kind.rawValue)\n".utf8)
    }

    /// Writes a sample that is a whole number.
    mutating func sample(_ name: String, suffix: String = "", labels: String, _ value: some FixedWidthInteger) {
        begin(name, suffix: suffix, labels: labels)
        bytes.appendDecimal(value)
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Writes a sample that is any number.
    mutating func sample(_ name: String, suffix: String = "", labels: String, _ value: Double) {
        begin(name, suffix: suffix, labels: labels)
        bytes.append(contentsOf: Self.text(of: value).utf8)
        bytes.append(UInt8(ascii: "\n"))
    }

    private mutating func begin(_ name: String, suffix: String, labels: String) {
        bytes.append(contentsOf: name.utf8)
        bytes.append(contentsOf: suffix.utf8)
        if !labels.isEmpty {
            bytes.append(UInt8(ascii: "{"))
            bytes.append(contentsOf: labels.utf8)
            bytes.append(UInt8(ascii: "}"))
        }
        bytes.append(UInt8(ascii: " "))
    }

    /// A number as the format spells it: whole ones without a fraction, `+Inf`, `-Inf`, `NaN`.
    static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return "\(whole)" }
        return "\(value)"
    }

    private static func escapedHelp(_ help: String) -> String {
        var text = ""
        for scalar in help.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
