internal import Orders
internal import Postgres

extension StoreError {
    /// What an error of the database means for those who store orders; the only place that decides it.
    init(_ error: PostgresError) {
        let kind: Kind =
            switch error.failureClass {
            case .unavailable where error.mayBeOfOneStatement: .contended
            // A wrong schema or a missing privilege is as much an outage of ours as a dead server: the commands wait.
            case .unavailable, .misconfigured, .interrupted: .unavailable
            case .conflict: .contended
            case .rejected: .rejected
            }
        self.init(kind, error.description)
    }

    /// Runs the body and makes what it throws a `StoreError`.
    static func mapping<Value>(_ body: () async throws -> Value) async throws(StoreError) -> Value {
        do {
            return try await body()
        } catch {
            throw StoreError(caught: error)
        }
    }

    /// Whatever was thrown, as a `StoreError`.
    init(caught error: any Error) {
        switch error {
        case let error as StoreError: self = error
        case let error as PostgresError: self.init(error)
        default: self.init(.unavailable, "unexpected error of type \(type(of: error))")
        }
    }
}

extension PostgresError {
    /// The server is there and answers, and it may have been this statement alone that it could not do: a lock that was
    /// not to be had, a time limit, an internal error such as a damaged page.
    fileprivate var mayBeOfOneStatement: Bool {
        switch (code, sqlState) {
        case (.timedOut, .queryCancelled?): true
        case (.server(let state), _): Self.mayBeOfOneStatement(state)
        default: false
        }
    }

    private static func mayBeOfOneStatement(_ state: SQLState) -> Bool {
        switch state {
        case .objectNotInState, .queryCancelled, .internalError: true
        default: false
        }
    }
}
