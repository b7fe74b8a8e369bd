internal import JSON

/// The letters that a command is to change, as the console takes them.
package enum LetterChoice: Sendable, Equatable {
    case ids([String])
    case group(String)
    /// Evaluated by the console when it acts.
    case filter([String: String])
    case failedIn(String)
    case everything

    /// Makes the choice that the arguments mean.
    ///
    /// - Returns: nil where they mean nothing, or two things.
    package init?(ids: [String], members: [(name: String, value: String?)], failedIn: String?, isEverything: Bool) {
        let filter = Dictionary(
            members.compactMap { member in member.value.map { (member.name, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
        let ways = [!ids.isEmpty, failedIn != nil, !filter.isEmpty, isEverything].count { $0 }
        guard ways == 1 else { return nil }
        if isEverything {
            self = .everything
        } else if let failedIn {
            self = .failedIn(failedIn)
        } else if !ids.isEmpty {
            self = .ids(ids)
        } else if filter.count == 1, let group = filter["group"] {
            self = .group(group)
        } else {
            self = .filter(filter)
        }
    }

    /// The member `selection` of the console's requests.
    package var json: [UInt8] {
        switch self {
        case .ids(let ids): JSONText.object([("ids", .raw(JSONText.array(ids)))])
        case .group(let group): JSONText.object([("group", .text(group))])
        case .failedIn(let job): JSONText.object([("failedIn", .text(job))])
        case .everything: JSONText.object([("everything", .flag(true))])
        case .filter(let filter):
            JSONText.object([("filter", .raw(Self.object(filter)))])
        }
    }

    private static func object(_ filter: [String: String]) -> [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "{")]
        for (index, member) in filter.sorted(by: { $0.key < $1.key }).enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSONString(member.key)
            json.append(UInt8(ascii: ":"))
            json.appendJSONString(member.value)
        }
        return json + [UInt8(ascii: "}")]
    }
}

extension JSONText {
    /// An array of texts.
    package static func array(_ texts: [String]) -> [UInt8] {
        var json: [UInt8] = [UInt8(ascii: "[")]
        for (index, text) in texts.enumerated() {
            if index > 0 { json.append(UInt8(ascii: ",")) }
            json.appendJSONString(text)
        }
        return json + [UInt8(ascii: "]")]
    }
}
