import Telemetry

extension Table {
    /// An array with an object a row, one row a line.
    var json: String {
        guard !rows.isEmpty else { return "[]\n" }
        let lines = rows.map { row in
            "  {" + zip(columns, row).map { "\(Self.quoted($0.key)): \(Self.json($1))" }.joined(separator: ", ") + "}"
        }
        return "[\n" + lines.joined(separator: ",\n") + "\n]\n"
    }

    private static func json(_ cell: Cell) -> String {
        switch cell {
        case .text(let text): quoted(text)
        case .number(let number): "\(number)"
        case .flag(let flag): "\(flag)"
        case .none: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var bytes: [UInt8] = [UInt8(ascii: "\"")]
        VisibleText.append(text.utf8.span, to: &bytes)
        bytes.append(UInt8(ascii: "\""))
        return String(decoding: bytes, as: UTF8.self)
    }
}
