/// A transaction with decisions between its statements; valid within the body of `withTransaction` only.
package struct Transaction: Sendable {
    let connection: Connection
    let turn: TurnQueue.Turn

    /// Runs the batch inside the transaction, in one round trip.
    ///
    /// After a failure the transaction can only be rolled back: throw the error on.
    package func run(_ batch: Batch) async throws(PostgresError) -> [Rows] {
        try await connection.run(batch, in: turn, commits: false)
    }

    /// Runs the batch and commits, in one round trip.
    ///
    /// Nothing can be run afterwards.
    package func commit(after batch: Batch) async throws(PostgresError) -> [Rows] {
        try await connection.run(batch, in: turn, commits: true)
    }

    /// Runs a text of any number of commands inside the transaction; rows are dropped.
    package func execute(script: String) async throws(PostgresError) {
        try await connection.execute(script: script, in: turn)
    }
}
