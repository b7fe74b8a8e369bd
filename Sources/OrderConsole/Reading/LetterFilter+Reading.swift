internal import JSON
internal import OrderHTTP
internal import Orders

extension LetterFilter {
    /// Reads the filter's names by a function that gives the text of one, never an empty one; queries and bodies share
    /// them.
    init(_ text: (String) throws(Problem) -> String?) throws(Problem) {
        func parsed<Value>(_ name: String, _ form: String, _ parse: (String) -> Value?) throws(Problem) -> Value? {
            guard let text = try text(name) else { return nil }
            guard let value = parse(text) else { throw .wrong(name, form) }
            return value
        }
        self.init(
            states: try parsed("state", SentForm.states, Self.states) ?? [],
            group: try parsed("group", SentForm.group) { GroupID($0) },
            command: try text("command"),
            code: try text("code"),
            reason: try parsed("reason", SentForm.reasons) { FailureReason(name: $0) },
            release: try text("release"),
            tenant: try text("tenant"),
            clientID: try text("client"),
            customerID: try text("customer"),
            orderID: try parsed("order", SentForm.order) { OrderID($0) },
            arrivedFrom: try parsed("from", SentForm.time) { Timestamp(sent: $0) },
            arrivedBefore: try parsed("before", SentForm.time) { Timestamp(sent: $0) },
            text: try parsed("text", SentForm.text) { $0.count <= Self.textLimit ? $0 : nil },
            hasFailedAgain: try parsed("failedAgain", SentForm.flag) { Bool(sent: $0) }
        )
        let value = try text("value")
        if let path = try parsed("path", SentForm.path, { BodyPath($0) }) {
            body = BodyMatch(path: path, condition: value.map { .equals($0) } ?? .exists)
        } else if value != nil {
            throw .wrong("value", "needs a path")
        }
    }

    /// One state, or several with commas between.
    private static func states(_ text: String) -> Set<LetterState>? {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let states = names.compactMap { LetterState(name: $0) }
        return states.count == names.count ? Set(states) : nil
    }
}

extension LetterSelection {
    /// Reads `{"ids"}`, `{"group"}`, `{"filter"}`, `{"failedIn"}` or `{"everything":true}`.
    ///
    /// Everything is meant only where that word says so: a filter without members is more likely a mistake.
    init(_ members: Members) throws(Problem) {
        var members = members
        try members.refuseBlanks()
        let ids = members.node("ids")
        let group = try members.text("group")
        let filter = members.node("filter")
        let job = try members.text("failedIn")
        let everything = try members.bool("everything")
        try members.finish()
        guard [ids != nil, group != nil, filter != nil, job != nil, everything != nil].count(where: { $0 }) == 1 else {
            throw .wrong("selection", "must have exactly one of ids, group, filter, failedIn and everything")
        }
        if let ids {
            var letters: [LetterID] = []
            for node in ids.elements {
                guard let id = node.asString.flatMap({ LetterID($0) }) else {
                    throw .wrong("ids", "must be letters' ids")
                }
                letters.append(id)
            }
            guard (1...Self.letterLimit).contains(letters.count) else {
                throw .wrong("ids", "must be 1 to \(Self.letterLimit) ids")
            }
            self = .letters(letters)
        } else if let group {
            guard let id = GroupID(group) else { throw .wrong("group", "must be a group's id") }
            self = .matching(LetterFilter(group: id))
        } else if let job {
            guard let id = ReplayJobID(job) else { throw .wrong("failedIn", "must be a replay's id") }
            self = .failed(in: id)
        } else if let filter {
            self = .matching(try Self.filter(filter))
        } else {
            guard everything == true else { throw .wrong("everything", "must be true, or left out") }
            self = .matching(LetterFilter())
        }
    }

    private static func filter(_ node: JSONNode) throws(Problem) -> LetterFilter {
        var members = try Members(node, "filter")
        try members.refuseBlanks()
        let filter = try LetterFilter { name throws(Problem) in try members.text(name) }
        try members.finish()
        guard filter != LetterFilter() else {
            throw .wrong("filter", "has no member; for all letters say \"everything\": true instead of it")
        }
        return filter
    }
}
