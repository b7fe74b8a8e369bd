import Glibc

/// The orders that were not done, in a file that can be sent again, and the reasons in a second one beside it.
///
/// Both are made with the first failure.
package final class FailureFiles {
    /// How many runs may fail in one folder in the same second.
    private static let namesakes = 100

    private let wanted: String?
    private let folder: String
    private let now: () -> String
    private var orders: NewFile?
    private var reasons: NewFile?
    /// The file that was to be made last.
    private var tried: String?
    /// Why no more is written; nil while all is well.
    package private(set) var trouble: ExplainedError?
    /// How many failed orders are not in the files for it.
    package private(set) var unwritten = 0
    /// Lines of the input that no file can have, because they are too long to be kept.
    package private(set) var tooLong: [String] = []
    /// Nothing can be sent again.
    private var isEmpty = true

    /// - Parameters:
    ///   - path: where the orders go; nil for a name with the time.
    ///   - folder: where that is then made.
    ///   - now: the time for that name, `20261121T040000Z`.
    package init(path: String?, folder: String? = nil, now: @escaping () -> String) {
        wanted = path
        self.folder = folder.map { $0 + "/" } ?? ""
        self.now = now
    }

    /// The file with the orders; nil while there is none in it.
    package var path: String? { isEmpty ? nil : orders?.path }
    /// The file with the reasons; nil while there is none.
    package var reasonsPath: String? { reasons?.path }

    /// Sees that the files could be made, and leaves none behind.
    ///
    /// - Throws: an explanation where they could not: to be known before anything is sent.
    package func check() throws {
        do throws(NewFileError) {
            try open()
        } catch {
            throw explained(error, status: .wrongUsage)
        }
        if let reasonsPath { unlink(reasonsPath) }
        reasons = nil
        finish()
    }

    /// Takes the file with the orders away again where none is in it.
    package func finish() {
        guard isEmpty, let path = orders?.path else { return }
        unlink(path)
        orders = nil
    }

    /// Keeps one failed order and its reason; where that is not possible, ``trouble`` says why.
    package func add(_ result: OrderResult) {
        guard let failure = result.failure else { return }
        guard trouble == nil else { return unwritten += 1 }
        do throws(NewFileError) {
            try open()
            if result.line.isTooLong {
                tooLong.append(result.line.place)
            } else {
                isEmpty = false
                try orders?.write(result.text + [UInt8(ascii: "\n")])
            }
            try reasons?.write(Self.reason(result, failure) + [UInt8(ascii: "\n")])
        } catch {
            unwritten += 1
            trouble = explained(error, status: .failed)
        }
    }

    private func open() throws(NewFileError) {
        guard orders == nil else { return }
        if let wanted { return try open(wanted) }
        let name = folder + "orders-failed-\(now())"
        for number in 1... {
            do throws(NewFileError) {
                return try open(name + (number == 1 ? "" : "-\(number)") + ".ndjson")
            } catch {
                guard error.isTaken, number < Self.namesakes else { throw error }
            }
        }
    }

    private func open(_ path: String) throws(NewFileError) {
        tried = Self.reasonsPath(of: path)
        let reasons = try NewFile(path: Self.reasonsPath(of: path))
        tried = path
        do throws(NewFileError) {
            orders = try NewFile(path: path)
        } catch {
            unlink(reasons.path)
            throw error
        }
        self.reasons = consume reasons
    }

    private func explained(_ error: NewFileError, status: ExitStatus) -> ExplainedError {
        ExplainedError(
            what: "cannot write the failed orders: \(error.reason)",
            place: tried,
            advice: error.isTaken
                ? "name another file with --failures, or move that one away"
                : "name a file in a place with room that you may write to, with --failures",
            status: status
        )
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
