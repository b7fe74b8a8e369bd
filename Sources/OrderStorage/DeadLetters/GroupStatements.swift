internal import Orders
internal import Postgres

/// Reads groups and the figures that they add up to.
enum GroupStatements {
    static func list(_ filter: GroupFilter, within reach: TenantReach, _ hours: GroupHours) -> Search {
        var conditions = LetterConditions()
        var after = ""
        if case .one(let tenant) = reach { conditions.add("r", .text(tenant.storable)) { "groups.tenant = \($0)" } }
        if let id = filter.id { conditions.add("i", .uuid(id.bits)) { "groups.id = \($0)" } }
        if let tenant = filter.tenant { conditions.add("t", .text(tenant.storable)) { "groups.tenant = \($0)" } }
        if let command = filter.command { conditions.add("c", .text(command.storable)) { "groups.command = \($0)" } }
        if let code = filter.code { conditions.add("e", .text(code.storable)) { "groups.code = \($0)" } }
        if let reason = filter.reason { conditions.add("n", .int2(reason.rawValue)) { "groups.reason = \($0)" } }
        if let isOnHold = filter.isOnHold { conditions.add("h", .bool(isOnHold)) { "groups.on_hold = \($0)" } }
        if let state = filter.state {
            conditions.add("s", .int4(Int32(state.rawValue) + 1)) {
                "(ARRAY[groups.kept, groups.replaying, groups.replayed, groups.discarded])[\($0)] > 0"
            }
        }
        if let text = filter.text, !text.isEmpty {
            conditions.add("x", .text(text.storable)) {
                #"strpos(lower(groups.code || E'\n' || groups.pattern), lower(\#($0) COLLATE "C")) > 0"#
            }
        }
        if let position = filter.after {
            let (time, id) = (position.lastSeenAt.microseconds, position.id.bits)
            conditions.add("a", .int4(Int32(clamping: position.keptCount))) { "groups.kept <= \($0)" }
            let kept = "$\(conditions.parameters.count)"
            let rest = [conditions.bind(.timestamptz(unixMicroseconds: time)), conditions.bind(.uuid(id))]
            after = "AND (groups.kept, groups.last_seen_at, groups.id) < (\(kept), \(rest[0]), \(rest[1]))"
        }
        if filter.isOpen { conditions.add("o", .int4(0)) { "groups.kept + groups.replaying > \($0)" } }
        let since = conditions.bind(.timestamptz(unixMicroseconds: hours.start.microseconds))
        let limits = GroupFilter.limits
        let limit = conditions.bind(.int8(Int64(min(max(filter.limit, limits.lowerBound), limits.upperBound))))
        return Search(
            "groups",
            conditions,
            """
            SELECT groups.id, groups.tenant, groups.command, groups.reason, groups.code, groups.pattern, groups.kept,
                groups.replaying, groups.replayed, groups.discarded, groups.first_seen_at, groups.last_seen_at,
                (SELECT min(arrived_at) FROM dead_letters WHERE group_id = groups.id AND state = 0),
                groups.repeat_failures,
                (
                    SELECT string_agg((extract(epoch FROM hour) / 3600)::int8 || ':' || arrivals, ',')
                    FROM dead_letter_inflow WHERE group_id = groups.id AND hour >= \(since)
                ),
                groups.note, groups.owner, groups.ticket, groups.on_hold, groups.noted_by, groups.noted_at
            FROM dead_letter_groups AS groups WHERE \(conditions.sql) \(after)
            ORDER BY groups.kept DESC, groups.last_seen_at DESC, groups.id DESC LIMIT \(limit)
            """
        )
    }

    static func group(_ row: Row, _ hours: GroupHours) throws(PostgresError) -> LetterGroup {
        var counts: [LetterState: Int] = [:]
        for (offset, state) in [LetterState.kept, .replaying, .replayed, .discarded].enumerated() {
            counts[state] = Int(try row.int32(6 + offset))
        }
        return LetterGroup(
            id: GroupID(bits: try row.uuid(0)),
            tenant: try row.stringOrNull(1),
            command: try row.string(2),
            reason: FailureReason(rawValue: try row.int16(3)) ?? .unknown,
            code: try row.string(4),
            pattern: try row.string(5),
            counts: counts,
            firstSeenAt: try row.timestamp(10),
            lastSeenAt: try row.timestamp(11),
            oldestKeptAt: try row.unixMicrosecondsOrNull(12).map(Timestamp.init(microseconds:)),
            repeatFailures: Int(try row.int64(13)),
            inflow: hours.inflow(try row.stringOrNull(14)),
            note: GroupNote(
                text: try row.stringOrNull(15),
                owner: try row.stringOrNull(16),
                ticket: try row.stringOrNull(17),
                isOnHold: try row.bool(18)
            ),
            notedBy: try row.stringOrNull(19),
            notedAt: try row.unixMicrosecondsOrNull(20).map(Timestamp.init(microseconds:))
        )
    }

    static let totals = Statement(
        "groups_totals",
        """
        SELECT coalesce(sum(kept), 0)::int8, coalesce(sum(replaying), 0)::int8, coalesce(sum(replayed), 0)::int8,
            coalesce(sum(discarded), 0)::int8, coalesce(sum(repeat_failures), 0)::int8,
            min((SELECT min(arrived_at) FROM dead_letters WHERE group_id = groups.id AND state = 0)),
            coalesce(sum(kept) FILTER (WHERE tenant IS NULL), 0)::int8
        FROM dead_letter_groups AS groups
        """
    )

    static let reasons = Statement(
        "groups_reasons",
        "SELECT reason, sum(kept)::int8 FROM dead_letter_groups GROUP BY reason"
    )

    static let recent = Statement(
        "groups_recent",
        parameters: [.timestamptz],
        "SELECT coalesce(sum(arrivals), 0)::int8 FROM dead_letter_inflow WHERE hour >= $1"
    )

    /// Reads the results of the statements above and of ``ReplayStatements/jobCounts``, in that order.
    static func statistics(_ results: [Rows]) throws(PostgresError) -> LetterStatistics {
        var statistics = LetterStatistics()
        if let row = results[0].first {
            for (column, state) in [LetterState.kept, .replaying, .replayed, .discarded].enumerated() {
                statistics.counts[state] = Int(try row.int64(column))
            }
            statistics.repeatFailures = Int(try row.int64(4))
            statistics.oldestKeptAt = try row.unixMicrosecondsOrNull(5).map(Timestamp.init(microseconds:))
            statistics.keptWithoutTenant = Int(try row.int64(6))
        }
        for row in results[1] {
            let count = Int(try row.int64(1))
            if count > 0 { statistics.keptByReason[FailureReason(rawValue: try row.int16(0)) ?? .unknown] = count }
        }
        statistics.inflowLastDay = Int(try results[2].first?.int64(0) ?? 0)
        for row in results[3] {
            if let state = ReplayJobState(rawValue: try row.int16(0)) { statistics.jobs[state] = Int(try row.int64(1)) }
        }
        return statistics
    }

    /// Makes groups known, or seen again.
    static let see = Statement(
        "groups_see",
        parameters: [
            .uuidArray, .timestamptzArray, .timestamptzArray, .int2Array, .textArray, .textArray, .textArray,
            .textArray,
        ],
        """
        INSERT INTO dead_letter_groups
            (id, first_seen_at, last_seen_at, reason, tenant, command, code, pattern)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET
            first_seen_at = least(dead_letter_groups.first_seen_at, excluded.first_seen_at),
            last_seen_at = greatest(dead_letter_groups.last_seen_at, excluded.last_seen_at)
        """
    )

    static let count = Statement(
        "groups_count",
        parameters: [.uuidArray, .timestamptzArray, .int4Array],
        """
        INSERT INTO dead_letter_inflow (group_id, hour, arrivals) SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (group_id, hour) DO UPDATE SET arrivals = dead_letter_inflow.arrivals + excluded.arrivals
        """
    )

    /// What is NULL stays as it is; an empty text takes away what was there.
    static let annotate = Statement(
        "groups_annotate",
        parameters: [.uuid, .text, .text, .text, .bool, .text, .timestamptz, .text],
        """
        UPDATE dead_letter_groups
        SET note = nullif(coalesce($2, note), ''), owner = nullif(coalesce($3, owner), ''),
            ticket = nullif(coalesce($4, ticket), ''), on_hold = coalesce($5, on_hold), noted_by = $6, noted_at = $7
        WHERE id = $1 AND ($8 IS NULL OR tenant = $8)
        """
    )
}
