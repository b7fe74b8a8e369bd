internal import Orders
internal import Postgres

/// Takes a group out of the replays that are under way.
enum HoldStatements {
    /// First, or a runner could take what is being let go; in one order, so that no two wait for each other.
    private static let lockJobs = Statement(
        "hold_lock_jobs",
        parameters: [.uuid, .text],
        """
        SELECT id FROM replay_jobs WHERE id IN (
            SELECT job_id FROM dead_letters WHERE group_id = $1 AND state = 1 AND ($2 IS NULL OR tenant = $2)
        )
        ORDER BY id FOR UPDATE
        """
    )

    /// What was taken keeps its way to a result.
    private static let letGo = Statement(
        "hold_let_go",
        parameters: [.uuid, .text, .timestamptz],
        """
        WITH freed AS (
            UPDATE replay_messages AS messages SET state = 4, ended_at = $3
            FROM dead_letters AS letters
            WHERE letters.group_id = $1 AND letters.state = 1 AND ($2 IS NULL OR letters.tenant = $2)
                AND messages.letter_id = letters.id AND messages.job_id = letters.job_id AND messages.state = 0
            RETURNING messages.letter_id, messages.job_id
        )
        UPDATE dead_letters AS letters SET state = 0, changed_at = $3
        FROM freed WHERE letters.id = freed.letter_id AND letters.job_id = freed.job_id AND letters.state + 0 = 1
        """
    )

    /// The last result is of what was let go.
    static func letGo(_ group: GroupID, within reach: TenantReach, at time: Timestamp) -> Batch {
        let values: [Parameter] = [.uuid(group.bits), .optional(reach.tenant)]
        var batch = Batch(PlanSettings.search)
        batch.add(lockJobs, values)
        batch.add(letGo, values + [.timestamptz(unixMicroseconds: time.microseconds)])
        return batch
    }
}
