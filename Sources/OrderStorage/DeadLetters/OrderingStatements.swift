internal import Orders
internal import Postgres

/// Makes and controls jobs.
enum OrderingStatements {
    /// What a job may take.
    private static let isFree = """
        letters.state = 0 AND letters.group_id <> ALL (ARRAY (SELECT id FROM dead_letter_groups WHERE on_hold))
        """

    /// Of each tenant, the letters that are meant, those that a job would send, and of these those that nobody sent; then
    /// those that are in a job, and those that are settled; the tenant with the most to send first.
    static func preview(_ selection: LetterSelection, within reach: TenantReach) -> Search {
        let conditions = LetterConditions(selection, within: reach)
        if case .matching(let filter) = selection, filter.isOfWholeGroups {
            return GroupStatements.preview(conditions)
        }
        return Search(
            "preview",
            conditions,
            """
            SELECT letters.tenant, count(*), count(*) FILTER (WHERE \(isFree)) AS free,
                count(*) FILTER (WHERE letters.client_id IS NULL AND \(isFree)),
                count(*) FILTER (WHERE letters.state = 1), count(*) FILTER (WHERE letters.state > 1)
            FROM dead_letters AS letters WHERE \(conditions.sql)
            GROUP BY letters.tenant ORDER BY free DESC, letters.tenant
            """
        )
    }

    /// - Parameter named: how many letters the selection names one by one, if it does.
    static func preview(
        _ rows: Rows,
        _ sample: [LetterEntry],
        named: Int?
    ) throws(PostgresError) -> ReplayPreview {
        var (meant, count, withoutCaller) = (0, 0, 0)
        var leftOut = ReplayPreview.LeftOut()
        var tenants: [ReplayPreview.TenantCount] = []
        for row in rows {
            let free = Int(try row.int64(2))
            meant += Int(try row.int64(1))
            count += free
            withoutCaller += Int(try row.int64(3))
            leftOut.replaying += Int(try row.int64(4))
            leftOut.settled += Int(try row.int64(5))
            if let tenant = try row.stringOrNull(0), free > 0, tenants.count < ReplayPreview.tenantLimit {
                tenants.append(ReplayPreview.TenantCount(tenant: tenant, count: free))
            }
        }
        leftOut.onHold = meant - count - leftOut.replaying - leftOut.settled
        leftOut.unknown = named.map { max(0, $0 - meant) } ?? 0
        return ReplayPreview(
            count: count,
            leftOut: leftOut,
            withoutCaller: withoutCaller,
            tenants: tenants,
            sample: sample
        )
    }

    /// The first letters that a job would send; the value behind the conditions' is their number.
    static func sample(_ conditions: LetterConditions) -> Search {
        Search(
            "sample",
            conditions,
            extraTypes: [.int8],
            """
            SELECT \(LetterColumns.list) FROM dead_letters AS letters WHERE \(conditions.sql) AND \(isFree)
            ORDER BY letters.arrived_at, letters.id LIMIT $\(conditions.parameters.count + 1)
            """
        )
    }

    private static let insertJob = Statement(
        "replay_insert",
        parameters: [
            .uuid, .timestamptz, .int8, .int4, .int4, .int4, .int4, .text, .text, .text, .text, .text, .text, .text,
            .text, .bytea,
        ],
        """
        INSERT INTO replay_jobs (
            id, ordered_at, changed_at, rate_millionths, ladder_first, ladder_factor, ladder_most, stop_millionths,
            state, reason, queue, client_id, subject, tenant, reach, scopes, ladder, fingerprint
        ) VALUES ($1, $2, $2, $3, $4, $5, $6, $7, 0, $8, $9, $10, $11, $12, $13, $14, $15, $16)
        ON CONFLICT (id) DO NOTHING
        """
    )

    /// A console of an earlier release reads the ladder's first step, what it grows by, and its last.
    static func insert(_ plan: ReplayPlan) -> Batch {
        let who = plan.orderedBy
        let sizes = plan.ladder.sizes
        let factor = sizes.count > 1 ? max(1, sizes[1] / sizes[0]) : 1
        let queue: String? = if case .queue(let name) = plan.destination { name } else { nil }
        return Batch(
            insertJob,
            [
                .uuid(plan.id.bits), .timestamptz(unixMicroseconds: plan.orderedAt.microseconds),
                .int8(Int64(plan.rate * 1_000_000)), .int4(Int32(clamping: sizes[0])),
                .int4(Int32(clamping: factor)), .int4(Int32(clamping: sizes[sizes.count - 1])),
                .int4(Int32(plan.stopRule.share * 1_000_000)), .text(plan.reason.storable), .optional(queue),
                .text(who.clientID.storable), .optional(who.subject), .text(who.tenant.storable),
                .optional(who.reach.tenant), .text(who.scopes.map(\.rawValue).sorted().joined(separator: " ")),
                .text(sizes.map(String.init).joined(separator: " ")), .bytea(plan.fingerprint),
            ]
        )
    }

    /// Takes every free letter into the job, the oldest first; the values behind the conditions' are job and time.
    ///
    /// Whoever comes second waits for the rows, looks again, and finds them taken.
    static func take(_ conditions: LetterConditions) -> Search {
        let first = conditions.parameters.count
        return Search(
            "take",
            conditions,
            extraTypes: [.uuid, .timestamptz],
            """
            WITH picked AS (
                SELECT id FROM dead_letters AS letters WHERE \(conditions.sql) AND \(isFree) ORDER BY id FOR UPDATE
            ), taken AS (
                UPDATE dead_letters AS letters SET state = 1, job_id = $\(first + 1), changed_at = $\(first + 2)
                FROM picked WHERE letters.id = picked.id RETURNING letters.id, letters.arrived_at
            )
            INSERT INTO replay_messages (job_id, letter_id, position)
            SELECT $\(first + 1), id, row_number() OVER (ORDER BY arrived_at, id) FROM taken
            """
        )
    }

    /// Takes back a job that found nothing, before anybody has seen it.
    static let remove = Statement("replay_remove", parameters: [.uuid], "DELETE FROM replay_jobs WHERE id = $1")

    /// Finds a job if it was made by the same order, and is within reach.
    static let same = Statement(
        "replay_same",
        parameters: [.uuid, .text, .bytea],
        "SELECT id FROM replay_jobs WHERE id = $1 AND ($2 IS NULL OR reach = $2) AND fingerprint = $3"
    )

    static let lock = Statement(
        "replay_lock",
        parameters: [.uuid, .text],
        "SELECT id FROM replay_jobs WHERE id = $1 AND ($2 IS NULL OR reach = $2) FOR UPDATE"
    )

    /// A job that no runner has can be taken at once again.
    static let control = Statement(
        "replay_control",
        parameters: [.uuid, .int2, .timestamptz],
        """
        UPDATE replay_jobs SET state = $2, changed_at = $3, remark = NULL,
            leased_until = CASE WHEN runner IS NULL THEN '-infinity' ELSE leased_until END
        WHERE id = $1
        """
    )

    /// `state + 0`: by their ids, not by looking through all letters of that state for each.
    static let letGo = Statement(
        "replay_let_go",
        parameters: [.uuid, .timestamptz],
        """
        WITH freed AS (
            UPDATE replay_messages SET state = 4, ended_at = $2 WHERE job_id = $1 AND state = 0 RETURNING letter_id
        )
        UPDATE dead_letters AS letters SET state = 0, changed_at = $2
        FROM freed WHERE letters.id = freed.letter_id AND letters.job_id = $1 AND letters.state + 0 = 1
        """
    )
}
