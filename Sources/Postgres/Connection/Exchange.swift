/// What is expected of the server between one send and the point where both sides are in step again.
///
/// Pure: it counts answers and keeps what is wanted of them.
package struct Exchange {
    package enum Step: Hashable, Sendable {
        case begin, commit, rollback, forgetStatements
        case prepare(name: String)
        case statement(name: String)

        /// The command text of the steps that have no parameters.
        var control: String? {
            switch self {
            case .begin: "BEGIN"
            case .commit: "COMMIT"
            case .rollback: "ROLLBACK"
            case .forgetStatements: "DEALLOCATE ALL"
            case .prepare, .statement: nil
            }
        }

        fileprivate var statementName: String? {
            switch self {
            case .prepare(let name), .statement(let name): name
            case .begin, .commit, .rollback, .forgetStatements: nil
            }
        }
    }

    package enum State: Hashable, Sendable {
        /// Can transition to: `ended`, `violated`.
        case underway
        /// Both sides are in step.
        case ended
        /// The answers make no sense; the connection is of no more use.
        case violated
    }

    /// In the order in which they were sent; empty for a script, whose answers are not told apart.
    package let steps: [Step]
    package private(set) var state = State.underway
    /// The first error; everything after it was passed over by the server.
    package private(set) var failure: PostgresError?
    /// The names that the server has prepared.
    package private(set) var prepared: [String] = []
    var results: [Rows] = []
    private let isScript: Bool
    private var position = 0
    private var endsInARow = 0

    package init(steps: [Step]) {
        self.steps = steps
        isScript = false
    }

    package static var script: Exchange { Exchange() }

    private init() {
        steps = []
        isScript = true
    }

    /// One command succeeded.
    ///
    /// - Returns: whether its rows are wanted.
    package mutating func completed(tag: String) -> Bool {
        endsInARow = 0
        if isScript { return false }
        guard let step = next() else {
            state = .violated
            return false
        }
        switch step {
        case .statement: return true
        case .prepare(let name): prepared.append(name)
        // After an error that was passed over, the server answers COMMIT with a rollback.
        case .commit where tag != "COMMIT":
            failure = failure ?? PostgresError(.transactionAborted, "COMMIT was answered with \(tag)")
        case .commit, .begin, .rollback, .forgetStatements: break
        }
        return false
    }

    /// One command failed, or the transaction at its end.
    package mutating func failed(_ error: PostgresError) {
        endsInARow = 0
        guard failure == nil else { return }
        var error = error
        error.statement = next()?.statementName
        failure = error
    }

    /// One command was passed over because of an earlier failure.
    package mutating func skipped() {
        endsInARow = 0
        _ = next()
    }

    /// The end of one command's answer.
    package mutating func commandEnded() {
        endsInARow += 1
        if isScript {
            state = .ended
        } else if endsInARow > 1 {
            state = .violated
        }
    }

    /// The answer to the synchronization point.
    package mutating func synced() {
        let isComplete = position == steps.count || failure != nil
        state = isComplete && !isScript ? .ended : .violated
    }

    package mutating func violated() {
        state = .violated
    }

    private mutating func next() -> Step? {
        guard position < steps.count else { return nil }
        defer { position += 1 }
        return steps[position]
    }
}
