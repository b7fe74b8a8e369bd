/// Whose failure an error is, and so what to do about it.
package enum FailureClass: Sendable, Hashable {
    /// The database cannot serve us now: wait and try the same again; nobody's data is at fault.
    case unavailable
    /// Two transactions got in each other's way: try the same again at once.
    case conflict
    /// The data is at fault: the same will fail again.
    case rejected
    /// Schema, privileges or settings are wrong: an outage of ours that an operator has to end. Wait, and say so.
    case misconfigured
    /// The caller's own task was cancelled.
    case interrupted
}

extension PostgresError {
    /// Whose failure this is; the only place that decides it.
    package var failureClass: FailureClass {
        switch code {
        case .connectionFailed: sqlState.map(Self.failureClass) ?? .unavailable
        case .connectionLost, .timedOut, .closed, .protocolViolation: .unavailable
        case .cancelled: .interrupted
        case .invalidSettings, .unexpectedResult, .migrationRefused: .misconfigured
        case .invalidArgument: .rejected
        // The statements are prepared anew by the next attempt.
        case .staleStatement, .transactionAborted: .conflict
        case .server(let state): Self.failureClass(of: state)
        }
    }

    /// Whose failure an SQLSTATE is.
    ///
    /// Source: PostgreSQL 15, appendix A.
    ///
    /// An unknown code counts as ours: waiting loses nothing, blaming the data would.
    package static func failureClass(of state: SQLState) -> FailureClass {
        switch state {
        case .connectionException, .insufficientResources, .systemError: .unavailable
        // Shutdown, crash, start-up, dropped database, session timeout; `statement_timeout` too.
        case .operatorIntervention: .unavailable
        // A lock that was not to be had in time, an object in use.
        case .objectNotInState: .unavailable
        // A primary that has become a standby.
        case .readOnlyTransaction, .idleInTransactionTimeout: .unavailable
        // Internal errors come from the server's own state (catalogue, storage), never from a value alone.
        case .internalError: .unavailable
        case .transactionRollback: .conflict
        case .dataException, .integrityViolation, .limitExceeded, .checkOptionViolation, .raisedByFunction: .rejected
        default: .misconfigured
        }
    }
}
