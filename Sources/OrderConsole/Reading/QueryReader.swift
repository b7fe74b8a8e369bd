internal import OrderHTTP
internal import Orders

/// The query of a request, read by name; what nobody asked for is refused.
struct QueryReader {
    private let query: QueryString
    private var asked: Set<String> = []

    init(_ text: String?) throws(Problem) {
        do {
            query = try QueryString(text)
        } catch {
            throw .malformed("The query is not properly encoded")
        }
    }

    /// - Throws: also for an empty value, which would mean everything where something was meant.
    mutating func text(_ name: String) throws(Problem) -> String? {
        asked.insert(name)
        let values = query.values(of: name)
        guard values.count < 2 else { throw .wrong(name, "may be given once") }
        guard values.first != "" else { throw .wrong(name, "is empty: leave it out") }
        return values.first
    }

    mutating func limit(_ range: ClosedRange<Int>, default normal: Int) throws(Problem) -> Int {
        guard let text = try text("limit") else { return normal }
        guard let value = Int(text), range.contains(value) else {
            throw .wrong("limit", "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// - Parameter form: what it must be, for who sent something else.
    mutating func parsed<Value>(_ name: String, _ form: String, _ parse: (String) -> Value?) throws(Problem) -> Value? {
        try text(name).map { text throws(Problem) in
            guard let value = parse(text) else { throw .wrong(name, form) }
            return value
        }
    }

    func finish() throws(Problem) {
        let strangers = query.parameters.map(\.name).filter { !asked.contains($0) }
        guard strangers.isEmpty else {
            throw .invalid(strangers.prefix(10).map { Violation(field: $0, message: "is not known here") })
        }
    }
}

extension Timestamp {
    /// RFC 3339 in UTC, with or without the milliseconds.
    init?(sent text: String) {
        guard let time = Timestamp(text) ?? Timestamp(text.dropLast() + ".000Z"), text.hasSuffix("Z") else {
            return nil
        }
        self = time
    }
}

extension Bool {
    init?(sent text: String) {
        switch text {
        case "true": self = true
        case "false": self = false
        default: return nil
        }
    }
}
