/// A series' labels, by name in order, written as the exposition wants them.
struct MetricLabels: Hashable, Sendable {
    /// `name="value",…`, without braces; empty where there are none.
    let text: String

    /// Escapes values, brings names into form and keeps the first of labels of the same name.
    init(_ dimensions: [(String, String)]) {
        var seen: Set<String> = []
        let labels = dimensions.map { (MetricNameRule.label($0.0), $0.1) }.filter { seen.insert($0.0).inserted }
        text = labels.sorted { $0.0 < $1.0 }.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    }

    /// Escapes a label's value: backslash, quote and line feed.
    ///
    /// Source: Prometheus text format 0.0.4.
    static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return value }
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
