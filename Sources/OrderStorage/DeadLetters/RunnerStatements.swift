internal import Orders
internal import Postgres

/// Gives jobs and their messages to runners: whoever holds the lease, by the database's clock, sends.
enum RunnerStatements {
    private static let isHeld = "runner = $2 AND leased_until > clock_timestamp()"

    static let lease = Statement(
        "replay_lease",
        parameters: [.text, .int8, .uuidArray],
        """
        UPDATE replay_jobs
        SET runner = $1, leased_until = clock_timestamp() + make_interval(secs => $2 / 1000000.0), remark = NULL
        WHERE id = (
            SELECT id FROM replay_jobs
            WHERE (state = 0 OR taken > 0) AND leased_until <= clock_timestamp() AND NOT id = ANY ($3)
            ORDER BY ordered_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING id
        """
    )

    static let renew = Statement(
        "replay_renew",
        parameters: [.uuid, .text, .int8],
        """
        UPDATE replay_jobs SET leased_until = clock_timestamp() + make_interval(secs => $3 / 1000000.0)
        WHERE id = $1 AND \(isHeld)
        RETURNING id
        """
    )

    private static let items = """
        SELECT \(LetterColumns.list), taken.sends, \(LetterColumns.currentMessage)
        FROM taken
        JOIN dead_letters AS letters ON letters.id = taken.letter_id
        \(LetterColumns.currentSources)
        ORDER BY taken.position
        """

    /// By their places in the table: nobody else moves a waiting message while the job's row is locked, and no plan can
    /// go wrong over a table that was just filled.
    static let take = Statement(
        "replay_take",
        parameters: [.uuid, .text, .int8, .timestamptz],
        """
        WITH job AS MATERIALIZED (
            SELECT id, step FROM replay_jobs WHERE id = $1 AND \(isHeld) AND state = 0 FOR UPDATE
        ), taken AS (
            UPDATE replay_messages AS messages SET state = 1, step = job.step, sends = 1, taken_at = $4
            FROM job WHERE messages.state = 0 AND messages.ctid = ANY (ARRAY (
                SELECT waiting.ctid FROM replay_messages AS waiting
                WHERE waiting.job_id = (SELECT id FROM job) AND waiting.state = 0
                ORDER BY waiting.position LIMIT $3
            ))
            RETURNING messages.letter_id, messages.position, messages.sends
        )
        \(items)
        """
    )

    static let takeAgain = Statement(
        "replay_take_again",
        parameters: [.uuid, .text],
        """
        WITH job AS MATERIALIZED (
            SELECT id FROM replay_jobs WHERE id = $1 AND \(isHeld) FOR UPDATE
        ), taken AS (
            UPDATE replay_messages AS messages SET sends = messages.sends + 1
            FROM job WHERE messages.job_id = job.id AND messages.state = 1
            RETURNING messages.letter_id, messages.position, messages.sends
        )
        \(items)
        """
    )

    static func item(_ row: Row) throws(PostgresError) -> ReplayItem {
        let first = LetterColumns.count
        return ReplayItem(
            entry: try LetterColumns.entry(row),
            message: try LetterColumns.message(row, size: first + 1, head: first + 2, body: first + 3),
            earlierSends: Int(try row.int32(first)) - 1
        )
    }

    static let advance = Statement(
        "replay_advance",
        parameters: [.uuid, .text, .int4],
        "UPDATE replay_jobs SET step = $3 WHERE id = $1 AND \(isHeld) AND step = $3 - 1"
    )

    static let conclude = Statement(
        "replay_conclude",
        parameters: [.uuid, .text, .int2, .text, .timestamptz],
        """
        UPDATE replay_jobs
        SET state = $3, remark = $4, changed_at = $5, runner = NULL, leased_until = '-infinity'
        WHERE id = $1 AND \(isHeld) AND state = 0
        """
    )

    static let release = Statement(
        "replay_release",
        parameters: [.uuid, .text, .int8, .text],
        """
        UPDATE replay_jobs
        SET runner = NULL, leased_until = clock_timestamp() + make_interval(secs => $3 / 1000000.0), remark = $4
        WHERE id = $1 AND runner = $2
        """
    )
}
