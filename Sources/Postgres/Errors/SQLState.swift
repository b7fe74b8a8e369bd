/// The five characters by which PostgreSQL names what happened.
///
/// The first two are the class: a pattern of two characters matches every code of that class, so
/// `case .integrityViolation` matches `23505`. Source: PostgreSQL 15, appendix A.
package struct SQLState: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    /// The class: the first two characters.
    package var family: SQLState { SQLState(rawValue: String(rawValue.prefix(2))) }

    package static func ~= (pattern: SQLState, value: SQLState) -> Bool {
        value.rawValue == pattern.rawValue || (pattern.rawValue.utf8.count == 2 && value.family == pattern)
    }

    package static let connectionException = SQLState(rawValue: "08")
    package static let featureNotSupported = SQLState(rawValue: "0A000")
    package static let dataException = SQLState(rawValue: "22")
    package static let integrityViolation = SQLState(rawValue: "23")
    package static let uniqueViolation = SQLState(rawValue: "23505")
    package static let checkViolation = SQLState(rawValue: "23514")
    package static let readOnlyTransaction = SQLState(rawValue: "25006")
    package static let idleInTransactionTimeout = SQLState(rawValue: "25P03")
    package static let unknownStatementName = SQLState(rawValue: "26000")
    package static let transactionRollback = SQLState(rawValue: "40")
    package static let deadlock = SQLState(rawValue: "40P01")
    package static let checkOptionViolation = SQLState(rawValue: "44")
    package static let insufficientResources = SQLState(rawValue: "53")
    package static let limitExceeded = SQLState(rawValue: "54")
    package static let objectNotInState = SQLState(rawValue: "55")
    package static let operatorIntervention = SQLState(rawValue: "57")
    package static let queryCancelled = SQLState(rawValue: "57014")
    package static let adminShutdown = SQLState(rawValue: "57P01")
    package static let systemError = SQLState(rawValue: "58")
    package static let internalError = SQLState(rawValue: "XX")
    package static let raisedByFunction = SQLState(rawValue: "P0")
}
