internal import Orders

/// What a value that was sent must be, in the words of a refusal.
enum SentForm {
    static let time = "must be a time in UTC, such as 2026-11-20T12:00:00Z"
    static let flag = "must be true or false"
    static let cursor = "must be the nextCursor of an earlier answer"
    static let path = "must be a place in the body, such as items[0].sku, of at most \(BodyPath.stepLimit) steps"
    static let group = "must be a group's id: dg_ and 26 letters and digits"
    static let order = "must be an order's id: ord_ and 26 letters and digits"
    static let text = "has more than \(LetterFilter.textLimit) characters"
    static let states = "must be one or several, with commas between, of \(names(LetterState.allCases.map(\.name)))"

    static let reasons = oneOf(FailureReason.allCases.map(\.name))

    static func oneOf(_ names: [String]) -> String { "must be one of \(Self.names(names))" }

    private static func names(_ names: [String]) -> String { names.joined(separator: ", ") }
}
