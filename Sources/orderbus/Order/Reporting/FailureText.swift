/// Where the orders of a run are that were not done, for people.
package enum FailureText {
    /// How many lines are named one by one.
    private static let placeLimit = 10

    /// What to say at the end of a run; empty where all is done.
    package static func text(of files: FailureFiles) -> String {
        var text = ""
        if let path = files.path, let reasons = files.reasonsPath {
            text += "failed orders are in \(path), why in \(reasons); to send them again:\n"
            text += "  orderbus order create \(path)\n"
        } else if let reasons = files.reasonsPath {
            text += "why orders failed is in \(reasons)\n"
        }
        if !files.tooLong.isEmpty {
            let more = files.tooLong.count - placeLimit
            let places = files.tooLong.prefix(placeLimit).map { TerminalText.safe($0) }
            text += "in the input alone, because no order is that long: "
            text += places.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "") + "\n"
        }
        if files.unwritten > 0 { text += "failed orders in no file: \(files.unwritten), named above\n" }
        return text
    }
}
