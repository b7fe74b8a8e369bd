extension LetterSelection {
    /// How many letters it names one by one; `nil` where it does not.
    package var namedCount: Int? {
        if case .letters(let ids) = self { Set(ids).count } else { nil }
    }
}
