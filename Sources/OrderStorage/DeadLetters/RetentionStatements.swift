internal import Postgres

/// Removes what has been kept for long enough, a little at a time.
enum RetentionStatements {
    static let letters = Statement(
        "retire_letters",
        parameters: [.timestamptz, .timestamptz, .int8],
        """
        DELETE FROM dead_letters WHERE id IN (
            SELECT id FROM (
                (SELECT id FROM dead_letters WHERE state = 2 AND changed_at < $1 ORDER BY changed_at LIMIT $3)
                UNION ALL
                (SELECT id FROM dead_letters WHERE state = 3 AND changed_at < $1 ORDER BY changed_at LIMIT $3)
                UNION ALL
                (SELECT id FROM dead_letters WHERE state = 0 AND changed_at < $2 ORDER BY changed_at LIMIT $3)
            ) AS due LIMIT $3
        )
        AND state <> 1
        """
    )

    /// Revisions that a newer one has replaced: without them nothing else would be sent or restored.
    static let revisions = Statement(
        "retire_revisions",
        parameters: [.timestamptz, .int8],
        """
        DELETE FROM dead_letter_revisions WHERE (letter_id, number) IN (
            SELECT revisions.letter_id, revisions.number
            FROM dead_letters AS letters JOIN dead_letter_revisions AS revisions
                ON revisions.letter_id = letters.id AND revisions.number < letters.revision
            WHERE letters.state IN (2, 3) AND letters.changed_at < $1 AND letters.revision > 1 LIMIT $2
        )
        """
    )

    /// Hours that no sparkline shows any more.
    static let inflow = Statement(
        "retire_inflow",
        parameters: [.int8],
        """
        DELETE FROM dead_letter_inflow WHERE (group_id, hour) IN (
            SELECT group_id, hour FROM dead_letter_inflow WHERE hour < now() - interval '8 days' LIMIT $1
        )
        """
    )

    /// Groups without letters, unless somebody wrote on them.
    static let groups = Statement(
        "retire_groups",
        parameters: [.timestamptz, .int8],
        """
        DELETE FROM dead_letter_groups WHERE id IN (
            SELECT id FROM dead_letter_groups
            WHERE kept + replaying + replayed + discarded = 0 AND last_seen_at < $1 AND noted_at IS NULL LIMIT $2
        )
        AND kept + replaying + replayed + discarded = 0 AND last_seen_at < $1
        """
    )

    static let replayMessages = Statement(
        "retire_replay_messages",
        parameters: [.timestamptz, .int8],
        """
        DELETE FROM replay_messages WHERE (job_id, position) IN (
            SELECT messages.job_id, messages.position
            FROM replay_jobs AS jobs JOIN replay_messages AS messages ON messages.job_id = jobs.id
            WHERE jobs.state IN (3, 4) AND jobs.changed_at < $1 AND jobs.taken = 0 LIMIT $2
        )
        """
    )

    static let jobs = Statement(
        "retire_jobs",
        parameters: [.timestamptz, .int8],
        """
        DELETE FROM replay_jobs WHERE id IN (
            SELECT id FROM replay_jobs AS jobs
            WHERE state IN (3, 4) AND changed_at < $1
                AND NOT EXISTS (SELECT FROM replay_messages WHERE job_id = jobs.id)
            LIMIT $2
        )
        """
    )

    static let audit = Statement(
        "retire_audit",
        parameters: [.timestamptz, .int4],
        "SELECT audit_retire($1, $2)"
    )
}
