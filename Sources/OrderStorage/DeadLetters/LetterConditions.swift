internal import Orders
internal import Postgres

/// The conditions of a filter as SQL over the table under the name `letters`, with its values bound.
struct LetterConditions {
    /// Which conditions there are: two filters with the same conditions share a statement, whatever their values.
    private(set) var name = ""
    private(set) var clauses: [String] = []
    private(set) var types: [SQLType] = []
    private(set) var parameters: [Parameter] = []
    /// What is looked for in the letters' contents, of which the clauses say nothing before ``addContent(_:)``.
    private var text: String?
    private var body: BodyMatch?

    init() {}

    init(_ filter: LetterFilter, within reach: TenantReach) {
        add(reach)
        add(filter)
    }

    init(_ selection: LetterSelection, within reach: TenantReach) {
        add(reach)
        switch selection {
        case .letters(let ids):
            var column = ArrayColumn(.uuid, capacity: ids.count)
            for id in ids { column.append(uuid: id.bits) }
            add("i", .array(column)) { "letters.id = ANY (\($0))" }
        case .matching(let filter):
            add(filter)
            addContent(.inAll)
        case .failed(let job):
            add("j", .uuid(job.bits)) {
                "letters.id IN (SELECT letter_id FROM replay_messages WHERE job_id = \($0) AND state = 3)"
            }
        }
    }

    /// Those of a selection that are in one state.
    init(_ selection: LetterSelection, _ state: LetterState, within reach: TenantReach) {
        self.init(selection, within: reach)
        addStates([state])
    }

    /// Whether letters' contents must be looked at.
    var isAboutContent: Bool { text != nil || body != nil }

    /// Whether an index knows of any of what is looked for in contents.
    var isContentIndexed: Bool { isTextIndexed || isBodyIndexed }

    private var isTextIndexed: Bool { text.map { Needle($0).isIndexed } ?? false }

    /// The index knows members and values, but a place that may have any value is to be looked up in each document.
    private var isBodyIndexed: Bool { body.map { $0.condition != .exists } ?? false }

    var sql: String { clauses.isEmpty ? "true" : clauses.joined(separator: " AND ") }

    /// Adds a condition; the name tells conditions apart, one letter each.
    mutating func add(_ letter: String, _ parameter: Parameter, _ clause: (String) -> String) {
        name += letter
        clauses.append(clause(bind(parameter)))
    }

    /// Binds a value without a condition.
    mutating func bind(_ parameter: Parameter) -> String {
        types.append(parameter.type)
        parameters.append(parameter)
        return "$\(parameters.count)"
    }

    private mutating func add(_ reach: TenantReach) {
        guard case .one(let tenant) = reach else { return }
        add("r", .text(tenant.storable)) { "letters.tenant = \($0)" }
    }

    private mutating func add(_ filter: LetterFilter) {
        addStates(filter.states)
        if let group = filter.group { add("g", .uuid(group.bits)) { "letters.group_id = \($0)" } }
        addText("c", "command", filter.command)
        addText("e", "code", filter.code)
        addText("v", "release", filter.release)
        addText("t", "tenant", filter.tenant)
        addText("l", "client_id", filter.clientID)
        addText("u", "customer_id", filter.customerID)
        if let reason = filter.reason { add("n", .int2(reason.rawValue)) { "letters.reason = \($0)" } }
        if let order = filter.orderID { add("o", .uuid(order.uuid)) { "letters.order_id = \($0)" } }
        if let from = filter.arrivedFrom {
            add("f", .timestamptz(unixMicroseconds: from.microseconds)) { "letters.arrived_at >= \($0)" }
        }
        if let before = filter.arrivedBefore {
            add("b", .timestamptz(unixMicroseconds: before.microseconds)) { "letters.arrived_at < \($0)" }
        }
        if let again = filter.hasFailedAgain {
            add(again ? "a" : "A", .int4(0)) { "letters.repeat_failures \(again ? ">" : "=") \($0)" }
        }
        body = filter.body
        text = filter.text.flatMap { $0.isEmpty ? nil : $0 }
    }

    private mutating func addStates(_ states: Set<LetterState>) {
        if states.count == 1, let state = states.first {
            add("s", .int2(state.rawValue)) { "letters.state = \($0)" }
        } else if !states.isEmpty {
            var column = ArrayColumn(.int2)
            for state in states { column.append(state.rawValue) }
            add("S", .array(column)) { "letters.state = ANY (\($0))" }
        }
    }

    private mutating func addText(_ letter: String, _ column: String, _ text: String?) {
        guard let text else { return }
        add(letter, .text(text.storable)) { "letters.\(column) = \($0)" }
    }

    /// How letters are found by their contents.
    enum ContentSearch {
        /// Each letter is looked at by itself, which suits a few letters or a content that many have.
        case each
        /// First of all, whatever has the content is found, by the indexes where they help.
        case inAll
        /// The same where the indexes help; what is found so is looked at for the rest.
        case byIndex
    }

    /// Adds what is looked for in bodies and error texts.
    mutating func addContent(_ search: ContentSearch) {
        func isEach(_ isIndexed: Bool) -> Bool { search == .each || search == .byIndex && !isIndexed }
        if let body { isEach(isBodyIndexed) ? addMatch(each: body) : addMatch(body) }
        if let text { isEach(isTextIndexed) ? addOccurrence(each: text) : addOccurrence(text) }
    }

    private static func document(_ path: String) -> String { "document @? CAST(\(path) AS text)::jsonpath" }

    /// `OFFSET 0`: the planner cannot know how rare a match is, and would rather look at each letter's document.
    private mutating func addMatch(_ match: BodyMatch) {
        add("p", .text(match.jsonPath.storable)) { path in
            """
            letters.id IN (
                SELECT letter_id FROM dead_letter_documents WHERE \(Self.document(path)) OFFSET 0
            )
            """
        }
    }

    private mutating func addMatch(each match: BodyMatch) {
        add("P", .text(match.jsonPath.storable)) { path in
            "(SELECT \(Self.document(path)) FROM dead_letter_documents WHERE letter_id = letters.id)"
        }
    }

    /// Byte for byte in the body, or in the error text.
    private mutating func addOccurrence(_ text: String) {
        let needle = Needle(text)
        let bytes = bind(.bytea(needle.bytes))
        guard needle.isIndexed else {
            add("w", .text(text.storable)) { bound in
                """
                letters.id IN (
                    SELECT letter_id FROM dead_letter_messages WHERE position(\(bytes) IN body) > 0
                    UNION ALL
                    SELECT id FROM dead_letters WHERE strpos(error, \(bound)) > 0
                )
                """
            }
            return
        }
        let inBody = bind(.text(needle.bodyPattern))
        let inError = bind(.text(needle.errorPattern))
        add("x", .text(text.storable)) { bound in
            """
            letters.id IN (
                SELECT letter_id FROM dead_letter_messages
                WHERE position(\(bytes) IN body) > 0
                    AND (\(Needle.searched) LIKE \(inBody) OR body_bytes > \(Needle.searchedByteCount))
                UNION ALL
                SELECT id FROM dead_letters WHERE strpos(error, \(bound)) > 0 AND error LIKE \(inError)
            )
            """
        }
    }

    private mutating func addOccurrence(each text: String) {
        let bytes = bind(.bytea(Array(text.utf8)))
        add("X", .text(text.storable)) { bound in
            """
            (
                strpos(letters.error, \(bound)) > 0
                OR (SELECT position(\(bytes) IN body) FROM dead_letter_messages WHERE letter_id = letters.id) > 0
            )
            """
        }
    }
}
