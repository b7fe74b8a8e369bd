package import JSON

/// One letter as text for people.
package enum LetterText {
    /// - Parameter letter: as the console gives it.
    package static func text(_ letter: JSONNode) -> String {
        var text = ""
        for (title, name) in [
            ("letter", "id"), ("group", "groupId"), ("state", "state"), ("command", "command"), ("code", "code"),
            ("error", "message"), ("release", "release"), ("attempts", "attempts"), ("first failure", "firstFailureAt"),
            ("last failure", "lastFailureAt"), ("kept", "keptAt"), ("tenant", "tenant"), ("client", "clientId"),
            ("subject", "subject"), ("customer", "customerId"), ("order", "orderId"), ("body bytes", "bodyBytes"),
            ("revision", "revision"), ("failed again", "repeatFailures"),
        ] {
            let cell = ConsoleListing.cell(letter, [name])
            if cell != .none { text += line(title, cell.shown) }
        }
        text += section("what happened", letter.member("timeline")) { event in
            ["at", "what", "text"].map { ConsoleListing.cell(event, [$0]).shown }.joined(separator: "  ")
        }
        text += section("headers", letter.member("headers")) { header in
            ConsoleListing.cell(header, ["name"]).shown + ": " + ConsoleListing.cell(header, ["value"]).shown
        }
        text += section("revisions", letter.member("revisions")) { revision in
            ["revision", "madeAt", "madeBy", "reason"].map { ConsoleListing.cell(revision, [$0]).shown }
                .joined(separator: "  ")
        }
        text += section("replays", letter.member("replays")) { replay in
            ["replayId", "state", "text", "endedAt"].map { ConsoleListing.cell(replay, [$0]).shown }
                .joined(separator: "  ")
        }
        if let shape = letter.member("bodyMasked"), !shape.isNull {
            let words = shape.asString ?? String(decoding: shape.text, as: UTF8.self)
            text +=
                "body without its values (--reveal shows them):\n" + TerminalText.safe(words, keepingLines: true) + "\n"
        }
        return text
    }

    private static func line(_ title: String, _ value: String) -> String {
        title + String(repeating: " ", count: max(14 - title.count, 1)) + value + "\n"
    }

    private static func section(_ title: String, _ list: JSONNode?, _ line: (JSONNode) -> String) -> String {
        guard let list, list.kind == .array, list.count > 0 else { return "" }
        return "\(title):\n" + list.elements.map { "  " + TerminalText.safe(line($0)) + "\n" }.joined()
    }
}
