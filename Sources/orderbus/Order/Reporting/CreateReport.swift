internal import JSON
internal import Orders

/// Counts what became of the orders of a run, and says it in one of two ways.
package struct CreateReport {
    /// How many rows a person wants to see.
    private static let rowLimit = 50

    private let format: OutputFormat
    /// Names the order of a key where no reply does.
    private let orderID: (String) -> String?
    private var table = Table([
        Table.Column("line", title: "LINE"), Table.Column("orderId", title: "ORDER"),
        Table.Column("result", title: "RESULT"), Table.Column("idempotencyKey", title: "KEY"),
    ])

    package private(set) var created = 0
    package private(set) var replayed = 0
    /// Confirmed by the broker, no reply asked for.
    package private(set) var accepted = 0
    package private(set) var failed = 0

    package init(format: OutputFormat, orderID: @escaping (String) -> String? = { _ in nil }) {
        self.format = format
        self.orderID = orderID
    }

    package var done: Int { created + replayed + accepted }
    package var total: Int { done + failed }

    /// How the run ended: 0 all done, 3 some failed, 1 all failed.
    package var status: ExitStatus {
        if failed == 0 { return .done }
        return done == 0 ? .failed : .partlyDone
    }

    /// Takes one result in.
    ///
    /// - Returns: what to print for it at once; nil for nothing.
    package mutating func add(_ result: OrderResult) -> String? {
        switch (result.failure, result.reply) {
        case (.some, _): failed += 1
        case (nil, let reply?) where reply.isReplay: replayed += 1
        case (nil, .some): created += 1
        case (nil, nil): accepted += 1
        }
        switch format {
        case .json:
            return String(decoding: json(result), as: UTF8.self) + "\n"
        case .table:
            if total <= Self.rowLimit { addRow(result) }
            return nil
        }
    }

    /// What to print at the end.
    ///
    /// - Parameter seconds: how long it took.
    package func ending(seconds: Double) -> String {
        guard format == .table else { return "" }
        var counts = [(created, "created"), (replayed, "there already"), (accepted, "accepted"), (failed, "failed")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        if seconds >= 1, Double(total) >= seconds { counts.append("\(Int(Double(total) / seconds)) orders/s") }
        let rows = (1...Self.rowLimit).contains(total) ? table.text(as: .table) : ""
        return rows + (total == 1 ? "" : counts.joined(separator: ", ") + "\n")
    }

    private mutating func addRow(_ result: OrderResult) {
        let outcome =
            switch (result.failure, result.reply) {
            case (let failure?, _): failure.code
            case (nil, let reply?): reply.isReplay ? "there already" : "created"
            case (nil, nil): "accepted"
            }
        table.add(
            .number(result.line.number),
            orderID(of: result).map(Table.Cell.text) ?? .none,
            .text(outcome),
            result.key.map(Table.Cell.text) ?? .none
        )
    }

    private func json(_ result: OrderResult) -> [UInt8] {
        var members: [(StaticString, JSONText.Value)] = [
            ("source", .text(result.line.source)), ("line", .number(result.line.number)),
            ("idempotencyKey", result.key.map(JSONText.Value.text) ?? .null),
            ("status", (result.failure?.status ?? result.reply?.status).map(JSONText.Value.number) ?? .null),
        ]
        if let failure = result.failure {
            members.append(("error", .raw(failure.json)))
        } else {
            members.append(("orderId", orderID(of: result).map(JSONText.Value.text) ?? .null))
            members.append(("replayed", .flag(result.reply?.isReplay ?? false)))
        }
        return JSONText.object(members)
    }

    private func orderID(of result: OrderResult) -> String? {
        guard result.failure == nil else { return nil }
        if let reply = result.reply {
            return (try? JSONDocument(parsing: reply.body).root)?.member("orderId")?.asString
        }
        return result.key.flatMap(orderID)
    }
}
