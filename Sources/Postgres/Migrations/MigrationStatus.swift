/// A migration as the database and this program know it.
package struct MigrationStatus: Sendable, Hashable {
    package enum State: String, Sendable, Hashable {
        case applied, pending
        /// Applied with another text than this program has.
        case changed
        /// Applied by a newer program.
        case unknown
    }

    package let version: Int32
    package let name: String
    package let state: State
    /// Microseconds since 1970; `nil` if it is pending.
    package let appliedAt: Int64?
}
