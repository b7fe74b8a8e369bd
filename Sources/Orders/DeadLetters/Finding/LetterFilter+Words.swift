extension LetterFilter {
    /// What is set, under the names and in the words of the operators' interface.
    package var words: [(name: String, value: String)] {
        let states = states.map(\.name).sorted().joined(separator: ",")
        var value: String?
        if case .equals(let text) = body?.condition { value = text }
        let all: [(name: String, value: String?)] = [
            ("state", states.isEmpty ? nil : states), ("group", group?.description), ("command", command),
            ("code", code), ("reason", reason?.name), ("release", release), ("tenant", tenant),
            ("client", clientID), ("customer", customerID), ("order", orderID?.description),
            ("from", arrivedFrom?.description), ("before", arrivedBefore?.description), ("text", text),
            ("path", body?.path.description), ("value", value), ("failedAgain", hasFailedAgain.map { "\($0)" }),
        ]
        return all.compactMap { word in word.value.map { (word.name, $0) } }
    }
}
