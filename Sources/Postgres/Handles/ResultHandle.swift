internal import CPostgres

/// Owns one `PGresult`.
///
/// Sendable: a result is never modified after libpq has handed it out, and "PGresult objects are normally read-only
/// after creation, and so can be passed around freely between threads" (libpq documentation 15, §34.20).
struct ResultHandle: ~Copyable, Sendable {
    enum Status {
        case done, synced, aborted, failed, unexpected
    }

    private nonisolated(unsafe) let raw: OpaquePointer

    /// Takes ownership.
    init(owning raw: OpaquePointer) {
        self.raw = raw
    }

    deinit {
        PQclear(raw)
    }

    var status: Status {
        switch PQresultStatus(raw) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: .done
        case PGRES_PIPELINE_SYNC: .synced
        case PGRES_PIPELINE_ABORTED: .aborted
        case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE: .failed
        // COPY in either direction, single-row mode: nobody here asks for them.
        default: .unexpected
        }
    }

    var rowCount: Int { Int(PQntuples(raw)) }

    var columnCount: Int { Int(PQnfields(raw)) }

    /// The command tag, such as `INSERT 0 5` or `COMMIT`.
    var commandTag: String { PQcmdStatus(raw).map { String(cString: $0) } ?? "" }

    /// The rows that the command touched, where it counts them.
    var affectedRows: Int? { PQcmdTuples(raw).flatMap { Int(String(cString: $0)) } }

    func type(ofColumn column: Int) -> UInt32 { PQftype(raw, Int32(column)) }

    /// Lends the bytes of a value.
    ///
    /// Row and column must exist.
    ///
    /// - Returns: `nil` if the value is NULL.
    func withValue<Value>(row: Int, column: Int, _ body: (UnsafeRawBufferPointer) -> Value) -> Value? {
        let (row, column) = (Int32(row), Int32(column))
        guard PQgetisnull(raw, row, column) == 0, let bytes = PQgetvalue(raw, row, column) else { return nil }
        return body(UnsafeRawBufferPointer(start: bytes, count: Int(PQgetlength(raw, row, column))))
    }

    /// The server's report of a failed command, without what quotes values.
    var error: PostgresError {
        let state = field(orderbus_diag_sqlstate).map { SQLState(rawValue: $0) }
        guard let state else {
            // Reports without a code are libpq's own: the connection broke, or the protocol did.
            let text = PQresultErrorMessage(raw).map { String(cString: $0) } ?? ""
            return PostgresError(.connectionLost, ServerMessage.firstLine(text))
        }
        let message = ServerMessage.withoutValues(field(orderbus_diag_message) ?? "", state: state)
        var error = PostgresError(.server(state), message)
        error.constraint = field(orderbus_diag_constraint)
        error.table = field(orderbus_diag_table)
        error.column = field(orderbus_diag_column)
        return error
    }

    private func field(_ code: Int32) -> String? {
        PQresultErrorField(raw, code).map { String(cString: $0) }
    }
}
