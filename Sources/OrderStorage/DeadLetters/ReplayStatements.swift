internal import Orders
internal import Postgres

/// Reads jobs and their messages.
enum ReplayStatements {
    /// Behind this, conditions on `jobs`.
    private static let selectJobs = jobs(from: "replay_jobs")

    private static func jobs(from source: String) -> String {
        """
        SELECT jobs.id, jobs.state, jobs.reason, jobs.rate_millionths, jobs.ladder_first, jobs.ladder_factor,
            jobs.ladder_most, jobs.stop_millionths, jobs.queue, jobs.client_id, jobs.subject, jobs.tenant, jobs.reach,
            jobs.scopes, jobs.ordered_at, jobs.changed_at, jobs.step, jobs.waiting, jobs.taken, jobs.succeeded,
            jobs.failed, jobs.released, jobs.remark, jobs.runner, steps.taken, steps.succeeded, steps.failed,
            jobs.ladder
        FROM \(source) AS jobs LEFT JOIN LATERAL (
            SELECT count(*) FILTER (WHERE state = 1)::int4 AS taken, count(*) FILTER (WHERE state = 2)::int4 AS succeeded,
                count(*) FILTER (WHERE state = 3)::int4 AS failed
            FROM replay_messages AS messages WHERE messages.job_id = jobs.id AND messages.step = jobs.step
        ) AS steps ON true
        """
    }

    static let job = Statement(
        "replay_job",
        parameters: [.uuid, .text],
        "\(selectJobs) WHERE jobs.id = $1 AND ($2 IS NULL OR jobs.reach = $2)"
    )

    /// The jobs alone: what the step of each has come to is counted for those of the page.
    private static let page = """
        (
            SELECT * FROM replay_jobs
            WHERE ($1 IS NULL OR reach = $1) AND ($2 IS NULL OR (ordered_at, id) < ($2, $3))
                AND ($5 IS NULL OR state = $5)
            ORDER BY ordered_at DESC, id DESC LIMIT $4
        )
        """

    static let list = Statement(
        "replay_jobs",
        parameters: [.text, .timestamptz, .uuid, .int8, .int2],
        """
        \(jobs(from: page)) ORDER BY jobs.ordered_at DESC, jobs.id DESC
        """
    )

    static let jobCounts = Statement(
        "replay_job_counts",
        "SELECT state, count(*) FROM replay_jobs GROUP BY state"
    )

    static func job(_ row: Row) throws(PostgresError) -> ReplayJob {
        guard let state = ReplayJobState(rawValue: try row.int16(1)) else {
            throw PostgresError(.unexpectedResult, "a replay job has a state that this program does not know")
        }
        let reach = try row.stringOrNull(12).map(TenantReach.one) ?? .all
        let scopes = try row.string(13).split(separator: " ").compactMap { DeadLetterScope(rawValue: String($0)) }
        return ReplayJob(
            id: ReplayJobID(bits: try row.uuid(0)),
            state: state,
            reason: try row.string(2),
            rate: Double(try row.int64(3)) / 1_000_000,
            ladder: try ladder(row),
            stopRule: StopRule(share: Double(try row.int32(7)) / 1_000_000),
            destination: try row.stringOrNull(8).map(ReplayDestination.queue) ?? .origin,
            orderedBy: Operator(
                clientID: try row.string(9),
                subject: try row.stringOrNull(10),
                tenant: try row.string(11),
                reach: reach,
                scopes: Set(scopes)
            ),
            orderedAt: try row.timestamp(14),
            changedAt: try row.timestamp(15),
            step: Int(try row.int32(16)),
            counts: try counts(row),
            stepCounts: ReplayCounts(
                waiting: Int(try row.int32(17)),
                taken: Int(try row.int32(24)),
                succeeded: Int(try row.int32(25)),
                failed: Int(try row.int32(26))
            ),
            remark: try row.stringOrNull(22),
            runner: try row.stringOrNull(23)
        )
    }

    /// A job of an earlier release has no sizes, but what they grow by.
    private static func ladder(_ row: Row) throws(PostgresError) -> ReplayLadder {
        let sizes = try row.stringOrNull(27)?.split(separator: " ").compactMap { Int($0) }
        if let sizes, let ladder = ReplayLadder(sizes: sizes) { return ladder }
        return ReplayLadder(
            first: Int(try row.int32(4)),
            factor: Int(try row.int32(5)),
            most: Int(try row.int32(6))
        )
    }

    private static func counts(_ row: Row) throws(PostgresError) -> ReplayCounts {
        ReplayCounts(
            waiting: Int(try row.int32(17)),
            taken: Int(try row.int32(18)),
            succeeded: Int(try row.int32(19)),
            failed: Int(try row.int32(20)),
            released: Int(try row.int32(21))
        )
    }

    private static let recordColumns = """
        job_id, letter_id, position, state, step, sends, result, status, is_replay, code, message, taken_at, ended_at
        """

    static let recordsOfLetter = Statement(
        "replay_records_of_letter",
        parameters: [.uuid],
        """
        SELECT \(recordColumns) FROM replay_messages WHERE letter_id = $1 ORDER BY taken_at NULLS LAST, job_id
        """
    )

    static let records = Statement(
        "replay_records",
        parameters: [.uuid, .int2Array, .int8, .int8],
        """
        SELECT \(recordColumns) FROM replay_messages
        WHERE job_id = $1 AND (cardinality($2) = 0 OR state = ANY ($2)) AND position > $3
        ORDER BY position LIMIT $4
        """
    )

    static func record(_ row: Row) throws(PostgresError) -> ReplayRecord {
        guard let state = ReplayRecord.State(rawValue: try row.int16(3)) else {
            throw PostgresError(.unexpectedResult, "a replayed message has a state that this program does not know")
        }
        return ReplayRecord(
            job: ReplayJobID(bits: try row.uuid(0)),
            letter: LetterID(bits: try row.uuid(1)),
            position: Int(try row.int32(2)),
            state: state,
            step: try row.int32OrNull(4).map(Int.init),
            sends: Int(try row.int32(5)),
            result: try result(row),
            takenAt: try row.unixMicrosecondsOrNull(11).map(Timestamp.init(microseconds:)),
            endedAt: try row.unixMicrosecondsOrNull(12).map(Timestamp.init(microseconds:))
        )
    }

    private static func result(_ row: Row) throws(PostgresError) -> ReplayResult? {
        let status = Int(try row.int32OrNull(7) ?? 0)
        let (code, message) = (try row.stringOrNull(9) ?? "", try row.stringOrNull(10) ?? "")
        return switch try row.stringOrNull(6) {
        case "succeeded": .succeeded(status: status, isReplay: try row.boolOrNull(8) ?? false)
        case "refused": .refused(status: status, code: code, message: message)
        case "died": .died(code: code, message: message)
        case "unanswered": .unanswered
        case "not-sent": .notSent(reason: message)
        case "redirected": .redirected
        default: nil
        }
    }
}
