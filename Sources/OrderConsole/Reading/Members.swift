internal import JSON
internal import OrderHTTP
internal import Orders

/// A JSON object that was sent, read member by member; what nobody asked for is refused.
struct Members {
    private let node: JSONNode
    private var asked: Set<String> = []

    init(_ node: JSONNode?, _ place: String = "The body") throws(Problem) {
        guard let node, node.kind == .object else { throw .malformed("\(place) must be a JSON object") }
        self.node = node
    }

    init(parsing body: [UInt8], limit: Int) throws(Problem) {
        do {
            try self.init(JSONDocument(parsing: body, limits: JSONLimits(maxBytes: limit)).root)
        } catch let problem as Problem {
            throw problem
        } catch {
            throw .malformed("The body is not JSON: \(error)")
        }
    }

    /// A member; `nil` where it is missing or `null`.
    mutating func node(_ name: String) -> JSONNode? {
        asked.insert(name)
        return node.member(named: Array(name.utf8)).flatMap { $0.isNull ? nil : $0 }
    }

    mutating func text(_ name: String) throws(Problem) -> String? {
        guard let node = node(name) else { return nil }
        guard let text = node.asString else { throw .wrong(name, "must be a string") }
        return text
    }

    /// A text that is to replace another: `nil` where it is missing, empty where it is `null`, which takes it away.
    mutating func change(_ name: String) throws(Problem) -> String? {
        let isNull = node.member(named: Array(name.utf8))?.isNull ?? false
        return try text(name) ?? (isNull ? "" : nil)
    }

    /// Refuses members that are `null` or an empty text: whoever leaves a value out by mistake must not mean everything.
    func refuseBlanks() throws(Problem) {
        let blanks = node.members.filter { $0.value.isNull || $0.value.asString?.isEmpty == true }
        guard blanks.isEmpty else {
            throw .invalid(
                blanks.prefix(10).map { Violation(field: $0.name.asString ?? "", message: "is empty: leave it out") }
            )
        }
    }

    mutating func required(_ name: String) throws(Problem) -> String {
        guard let text = try text(name) else { throw .wrong(name, "is missing") }
        return text
    }

    mutating func bool(_ name: String) throws(Problem) -> Bool? {
        guard let node = node(name) else { return nil }
        guard let value = node.asBool else { throw .wrong(name, "must be true or false") }
        return value
    }

    mutating func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
        guard let node = node(name) else { return nil }
        guard let value = node.asInt64.flatMap({ Int(exactly: $0) }), range.contains(value) else {
            throw .wrong(name, "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    mutating func number(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
        guard let node = node(name) else { return nil }
        guard let value = node.asDouble, range.contains(value) else {
            throw .wrong(name, "must be a number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    mutating func reason() throws(Problem) -> String {
        let reason = try required("reason")
        guard ReplayPlan.reasonLengths.contains(reason.count) else {
            let lengths = ReplayPlan.reasonLengths
            throw .wrong("reason", "must have \(lengths.lowerBound) to \(lengths.upperBound) characters")
        }
        return reason
    }

    /// Refuses members that nobody has asked for.
    func finish() throws(Problem) {
        let strangers = node.members.compactMap(\.name.asString).filter { !asked.contains($0) }
        guard strangers.isEmpty else {
            throw .invalid(strangers.prefix(10).map { Violation(field: $0, message: "is not known here") })
        }
    }
}
