extension SettingsReader {
    /// Text that must be there.
    package mutating func required(_ setting: Setting) -> String {
        let known = problems.count
        let value = value(setting)
        if value == nil, problems.count == known {
            refuse(setting, "is not set")
        }
        return value ?? ""
    }

    /// Text that must be there, and is compared as it is: white space around it would never match anything.
    package mutating func exact(_ setting: Setting) -> String {
        let value = required(setting)
        if value.first?.isWhitespace == true || value.last?.isWhitespace == true {
            refuse(setting, value.allSatisfy(\.isWhitespace) ? "is blank" : "begins or ends with white space")
            return ""
        }
        return value
    }

    /// Text that begins with one of several words, for example a URL's scheme.
    package mutating func required(_ setting: Setting, prefixes: [String]) -> String {
        let value = required(setting)
        if !value.isEmpty, !prefixes.contains(where: { value.hasPrefix($0) }) {
            refuse(setting, "does not begin with \(prefixes.joined(separator: " or "))")
        }
        return value
    }

    /// Text that need not be there.
    package mutating func text(_ setting: Setting, default: String) -> String {
        value(setting) ?? `default`
    }

    /// A whole number in a range; nil where it is not set.
    package mutating func integer(_ setting: Setting, in range: ClosedRange<Int>) -> Int? {
        guard let text = value(setting) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            refuse(setting, shown: text, "is not a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A TCP port.
    package mutating func port(_ setting: Setting, default: Int) -> Int {
        integer(setting, in: 1...65_535) ?? `default`
    }

    /// A duration in a range, for example `15s`.
    package mutating func duration(
        _ setting: Setting,
        in range: ClosedRange<Duration>,
        default: Duration
    ) -> Duration {
        guard let text = value(setting) else { return `default` }
        guard let duration = DurationText.parse(text), range.contains(duration) else {
            let bounds = "\(DurationText.text(range.lowerBound)) to \(DurationText.text(range.upperBound))"
            refuse(setting, shown: text, "is not a duration from \(bounds) (a whole number and ms, s, m, h or d)")
            return `default`
        }
        return duration
    }

    /// One of a few words, in either case.
    package mutating func choice<Choice: CaseIterable & RawRepresentable<String>>(
        _ setting: Setting,
        of type: Choice.Type
    ) -> Choice? {
        guard let text = value(setting) else { return nil }
        guard let choice = Choice(rawValue: text.lowercased()) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            refuse(setting, shown: text, "is not one of \(words)")
            return nil
        }
        return choice
    }

    /// Refuses a value and shows it, as far as that is allowed.
    private mutating func refuse(_ setting: Setting, shown value: String, _ what: String) {
        refuse(setting, "is \"\(setting.shown(value))\", which \(what)")
    }
}
