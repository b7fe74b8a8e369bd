internal import Orders
internal import Postgres

/// Changes letters at an operator's word.
enum RevisionStatements {
    static let insert = Statement(
        "revisions_insert",
        parameters: [
            .uuid, .int4, .timestamptz, .text, .text, .text, .text, .text, .text, .int8, .bytea, .bytea,
        ],
        """
        INSERT INTO dead_letter_revisions (
            letter_id, number, made_at, made_by, reason, tenant, client_id, subject, scopes, body_bytes, head, body
        ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """
    )

    static let update = Statement(
        "revisions_update",
        parameters: [
            .uuid, .int4, .timestamptz, .uuid, .text, .uuid, .text, .text, .text, .text, .text, .int8,
        ],
        """
        UPDATE dead_letters SET revision = $2, changed_at = $3, group_id = $4, customer_id = $5, order_id = $6,
            idempotency_key = $7, tenant = $8, client_id = $9, subject = $10, scopes = $11, body_bytes = $12
        WHERE id = $1
        """
    )

    /// Moves letters from one state to another, and writes down for each by whom and why; the values behind the
    /// conditions' are the states, the time, who and the reason.
    static func move(_ conditions: LetterConditions) -> Search {
        let first = conditions.parameters.count
        return Search(
            "move",
            conditions,
            extraTypes: [.int2, .int2, .timestamptz, .text, .text],
            """
            WITH picked AS (
                SELECT id FROM dead_letters AS letters
                WHERE \(conditions.sql) AND state = $\(first + 1) ORDER BY id FOR UPDATE
            ), moved AS (
                UPDATE dead_letters AS letters SET state = $\(first + 2), changed_at = $\(first + 3)
                FROM picked WHERE letters.id = picked.id RETURNING letters.id
            )
            INSERT INTO dead_letter_moves (letter_id, moved_at, state, moved_by, reason)
            SELECT id, $\(first + 3), $\(first + 2), $\(first + 4), $\(first + 5) FROM moved
            """
        )
    }

    static let movesOfLetter = Statement(
        "moves_of_letter",
        parameters: [.uuid],
        "SELECT state, moved_at, moved_by, reason FROM dead_letter_moves WHERE letter_id = $1 ORDER BY moved_at, ctid"
    )

    static func move(_ row: Row) throws(PostgresError) -> LetterMove {
        guard let state = LetterState(rawValue: try row.int16(0)) else {
            throw PostgresError(.unexpectedResult, "a dead letter was moved to a state that this program does not know")
        }
        return LetterMove(to: state, at: try row.timestamp(1), by: try row.string(2), reason: try row.string(3))
    }
}
