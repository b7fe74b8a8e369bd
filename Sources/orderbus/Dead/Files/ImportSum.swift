package import JSON

/// What became of imported letters, over several requests.
package struct ImportSum: Sendable {
    package private(set) var imported = 0
    package private(set) var duplicates = 0
    /// In the console's words, one line each; lines are counted within their request.
    package private(set) var refused: [String] = []
    /// Lines of the requests before.
    private var lines = 0

    package init() {}

    /// What is among the letters now.
    package var done: Int { imported + duplicates }

    /// Takes the answer to one request in.
    package mutating func add(_ answer: JSONNode, in batch: [UInt8]) {
        imported += Int(clamping: answer.member("imported")?.asInt64 ?? 0)
        duplicates += Int(clamping: answer.member("duplicates")?.asInt64 ?? 0)
        for refusal in answer.member("refused")?.elements.map({ $0 }) ?? [] {
            refused.append(words(refusal))
        }
        lines += batch.count { $0 == UInt8(ascii: "\n") }
    }

    private func words(_ refusal: JSONNode) -> String {
        guard let message = refusal.member("message")?.asString ?? refusal.member("reason")?.asString else {
            return refusal.asString ?? String(decoding: refusal.text, as: UTF8.self)
        }
        guard let line = refusal.member("line")?.asInt64 else { return message }
        return "line \(lines + Int(clamping: line)): \(message)"
    }

    package var text: String {
        "\(imported) imported, \(duplicates) were there already, \(refused.count) refused\n"
            + refused.map { "  " + TerminalText.safe($0) + "\n" }.joined()
    }

    package var json: [UInt8] {
        JSONText.object([
            ("imported", .number(imported)), ("duplicates", .number(duplicates)),
            ("refused", .raw(JSONText.array(refused))),
        ])
    }
}
