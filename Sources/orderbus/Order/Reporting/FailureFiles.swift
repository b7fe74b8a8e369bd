/// The orders that were not done, in a file that can be sent again, and the reasons in a second one beside it.
///
/// Both are made with the first failure.
package final class FailureFiles {
    private let wanted: String?
    private let now: () -> String
    private var orders: NewFile?
    private var reasons: NewFile?

    /// - Parameters:
    ///   - path: where the orders go; nil for a name with the time in the current directory.
    ///   - now: the time for that name, `20261121T040000Z`.
    package init(path: String?, now: @escaping () -> String) {
        wanted = path
        self.now = now
    }

    /// The file with the orders; nil while there is none.
    package var path: String? { orders?.path }
    /// The file with the reasons; nil while there is none.
    package var reasonsPath: String? { reasons?.path }

    /// Keeps one failed order and its reason.
    ///
    /// - Throws: an explanation where the files cannot be written.
    package func add(_ result: OrderResult) throws {
        guard let failure = result.failure else { return }
        do throws(NewFileError) {
            try open()
            if !result.text.isEmpty { try orders?.write(result.text + [UInt8(ascii: "\n")]) }
            try reasons?.write(Self.reason(result, failure) + [UInt8(ascii: "\n")])
        } catch {
            throw ExplainedError(
                what: "cannot write the failed orders: \(error.reason)",
                place: orders?.path ?? wanted,
                advice: error.isTaken ? "name another file with --failures, or move that one away" : nil
            )
        }
    }

    private func open() throws(NewFileError) {
        guard orders == nil else { return }
        let path = wanted ?? "orders-failed-\(now()).ndjson"
        orders = try NewFile(path: path)
        reasons = try NewFile(path: Self.reasonsPath(of: path))
    }

    /// `failed.ndjson` → `failed.reasons.ndjson`.
    static func reasonsPath(of path: String) -> String {
        path.hasSuffix(".ndjson") ? path.dropLast(".ndjson".count) + ".reasons.ndjson" : path + ".reasons"
    }

    private static func reason(_ result: OrderResult, _ failure: CommandFailure) -> [UInt8] {
        JSONText.object([
            ("source", .text(result.line.source)), ("line", .number(result.line.number)),
            ("idempotencyKey", result.key.map(JSONText.Value.text) ?? .null),
            ("status", failure.status.map(JSONText.Value.number) ?? .null), ("error", .raw(failure.json)),
        ])
    }
}
