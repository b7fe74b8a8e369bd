internal import Orders
internal import Postgres

/// Records what became of replayed messages.
enum EndingStatements {
    /// Groups that letters move to; tenant and command are the letters'.
    private static let seeGroups = Statement(
        "replay_see_groups",
        parameters: [.uuidArray, .uuidArray, .textArray, .textArray, .timestamptz],
        """
        INSERT INTO dead_letter_groups (id, first_seen_at, last_seen_at, reason, tenant, command, code, pattern)
        SELECT DISTINCT ON (ended.group_id)
            ended.group_id, $5, $5, 0, letters.tenant, letters.command, ended.code, ended.pattern
        FROM unnest($1, $2, $3, $4) AS ended (letter_id, group_id, code, pattern)
        JOIN dead_letters AS letters ON letters.id = ended.letter_id
        ORDER BY ended.group_id
        ON CONFLICT (id) DO UPDATE SET
            last_seen_at = greatest(dead_letter_groups.last_seen_at, excluded.last_seen_at)
        """
    )

    /// `state + 0` keeps the planner from looking for all letters of that state, or all messages, and those of a list
    /// among them: right after a job was made it cannot know how many there are.
    private static let record = Statement(
        "replay_record",
        parameters: [
            .uuid, .timestamptz, .uuidArray, .int2Array, .textArray, .int4Array, .boolArray, .textArray, .textArray,
            .uuidArray, .timestamptzArray, .int4Array, .textArray, .textArray,
        ],
        """
        WITH results AS MATERIALIZED (
            SELECT $1 AS job_id, results.* FROM unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS results (
                letter_id, state, result, status, is_replay, code, message, group_id, failed_at, attempts, release,
                details
            )
        ), ended AS (
            UPDATE replay_messages AS messages
            SET state = results.state, result = results.result, status = results.status,
                is_replay = results.is_replay, code = results.code, message = results.message, ended_at = $2
            FROM results
            WHERE messages.letter_id = results.letter_id AND messages.job_id = results.job_id
                AND messages.state + 0 = 1
            RETURNING messages.letter_id
        )
        UPDATE dead_letters AS letters SET
            state = CASE results.state WHEN 2 THEN 2 ELSE 0 END,
            changed_at = $2,
            group_id = coalesce(results.group_id, letters.group_id),
            last_failed_at = coalesce(results.failed_at, letters.last_failed_at),
            attempts = coalesce(results.attempts, letters.attempts),
            reason = CASE WHEN results.group_id IS NULL THEN letters.reason ELSE 0 END,
            code = CASE WHEN results.group_id IS NULL THEN letters.code ELSE results.code END,
            error = CASE WHEN results.group_id IS NULL THEN letters.error ELSE results.message END,
            release = CASE WHEN results.group_id IS NULL THEN letters.release ELSE results.release END,
            details = CASE WHEN results.group_id IS NULL THEN letters.details ELSE results.details END,
            repeat_failures = letters.repeat_failures + CASE WHEN results.group_id IS NULL THEN 0 ELSE 1 END
        FROM results JOIN ended ON ended.letter_id = results.letter_id
        WHERE letters.id = results.letter_id AND letters.job_id = results.job_id AND letters.state + 0 = 1
        """
    )

    static func record(_ endings: [ReplayEnding], of id: ReplayJobID, at time: Timestamp) -> Batch {
        let endings = endings.sorted { $0.letter < $1.letter }
        let now = Parameter.timestamptz(unixMicroseconds: time.microseconds)
        var batch = Batch(PlanSettings.search)
        batch.add(LetterStatements.lock, [LetterStatements.ids(endings.map(\.letter))])
        if let groups = groups(endings, now) { batch.add(seeGroups, groups) }
        batch.add(record, [.uuid(id.bits), now] + columns(endings))
        return batch
    }

    private static func groups(_ endings: [ReplayEnding], _ now: Parameter) -> [Parameter]? {
        var (letters, groups) = (ArrayColumn(.uuid), ArrayColumn(.uuid))
        var (codes, patterns) = (ArrayColumn(.text), ArrayColumn(.text))
        for ending in endings {
            guard let failure = ending.failure, let group = ending.groupID else { continue }
            letters.append(uuid: ending.letter.bits)
            groups.append(uuid: group.bits)
            codes.append(failure.code.storable)
            patterns.append(FailurePattern(normalising: failure.message).text.storable)
        }
        return letters.count == 0 ? nil : [.array(letters), .array(groups), .array(codes), .array(patterns), now]
    }

    private static func columns(_ endings: [ReplayEnding]) -> [Parameter] {
        var (letters, states, results) = (ArrayColumn(.uuid), ArrayColumn(.int2), ArrayColumn(.text))
        var (statuses, replays) = (ArrayColumn(.int4), ArrayColumn(.bool))
        var (codes, messages, groups) = (ArrayColumn(.text), ArrayColumn(.text), ArrayColumn(.uuid))
        var (failedAt, attempts) = (ArrayColumn(.timestamptz), ArrayColumn(.int4))
        var (releases, rules) = (ArrayColumn(.text), ArrayColumn(.text))
        for ending in endings {
            letters.append(uuid: ending.letter.bits)
            let state: ReplayRecord.State = ending.result.isSuccess ? .succeeded : .failed
            states.append(state.rawValue)
            results.append(ending.result.name)
            statuses.append(ending.result.status.map { Int32(clamping: $0) })
            replays.append(ending.result.isReplay)
            codes.append(ending.result.code?.storable)
            messages.append(ending.result.message?.storable)
            groups.append(uuid: ending.groupID?.bits)
            failedAt.append(unixMicroseconds: ending.failure?.lastFailedAt.microseconds)
            attempts.append(ending.failure.map { Int32(clamping: $0.attempts) })
            releases.append(ending.failure?.release?.storable)
            rules.append(ending.failure?.details?.storable)
        }
        return [
            .array(letters), .array(states), .array(results), .array(statuses), .array(replays), .array(codes),
            .array(messages), .array(groups), .array(failedAt), .array(attempts), .array(releases), .array(rules),
        ]
    }
}

extension ReplayResult {
    fileprivate var status: Int? {
        switch self {
        case .succeeded(let status, _), .refused(let status, _, _): status
        case .died, .unanswered, .notSent, .redirected: nil
        }
    }

    fileprivate var isReplay: Bool? {
        if case .succeeded(_, let isReplay) = self { isReplay } else { nil }
    }

    fileprivate var code: String? {
        switch self {
        case .refused(_, let code, _), .died(let code, _): code
        case .succeeded, .unanswered, .notSent, .redirected: nil
        }
    }

    fileprivate var message: String? {
        switch self {
        case .refused(_, _, let message), .died(_, let message), .notSent(let message): message
        case .succeeded, .unanswered, .redirected: nil
        }
    }
}
