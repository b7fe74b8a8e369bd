internal import Orders
internal import Postgres

/// Reads letters.
enum LetterStatements {
    private static let order = "ORDER BY letters.arrived_at DESC, letters.id DESC"

    static func list(_ conditions: LetterConditions, _ position: LetterPosition?, _ count: Int) -> Search {
        var conditions = conditions
        add(position, to: &conditions)
        conditions.addContent(.byIndex)
        let limit = conditions.bind(.int8(Int64(count)))
        return Search(
            "list",
            conditions,
            "SELECT \(LetterColumns.list) FROM dead_letters AS letters WHERE \(conditions.sql) \(order) LIMIT \(limit)"
        )
    }

    /// Looks at the contents of the newest letters one by one.
    ///
    /// Behind an entry's columns is whether it is the last that was looked at, of which nothing else is said, and not
    /// one that was found; there is none such if all were looked at.
    static func look(
        _ conditions: LetterConditions,
        _ position: LetterPosition?,
        _ count: Int,
        among most: Int
    ) -> Search {
        var conditions = conditions
        add(position, to: &conditions)
        let others = conditions.sql
        let before = conditions.clauses.count
        conditions.addContent(.each)
        let content = conditions.clauses.dropFirst(before).joined(separator: " AND ")
        let limit = conditions.bind(.int8(Int64(count)))
        return Search(
            "look_\(most)",
            conditions,
            """
            SELECT \(LetterColumns.list), letters.is_last FROM (
                (
                    SELECT letters.*, false AS is_last FROM (
                        SELECT * FROM dead_letters AS letters WHERE \(others) \(order) LIMIT \(most)
                    ) AS letters
                    WHERE \(content) \(order) LIMIT \(limit)
                )
                UNION ALL
                SELECT letters.*, true FROM dead_letters AS letters WHERE letters.id = (
                    SELECT letters.id FROM dead_letters AS letters WHERE \(others) \(order) OFFSET \(most - 1) LIMIT 1
                )
            ) AS letters
            \(order)
            """
        )
    }

    /// How many letters are meant, and how many of them are in the state.
    static func count(_ selection: LetterSelection, in state: LetterState, within reach: TenantReach) -> Search {
        var conditions = LetterConditions(selection, within: reach)
        let isOfState = "letters.state = \(conditions.bind(.int2(state.rawValue)))"
        if case .matching(let filter) = selection, filter.isOfWholeGroups {
            return GroupStatements.count(conditions, isOfState)
        }
        return Search(
            "count",
            conditions,
            "SELECT count(*), count(*) FILTER (WHERE \(isOfState)) FROM dead_letters AS letters WHERE \(conditions.sql)"
        )
    }

    static func letter(_ id: LetterID, within reach: TenantReach) -> Search {
        let conditions = LetterConditions(.letters([id]), within: reach)
        return Search(
            "show",
            conditions,
            """
            SELECT \(LetterColumns.list), messages.body_bytes, messages.head, messages.body
            FROM dead_letters AS letters
            JOIN dead_letter_messages AS messages ON messages.letter_id = letters.id
            WHERE \(conditions.sql)
            """
        )
    }

    /// Locks entries in the order of their ids.
    static let lock = Statement(
        "letters_lock",
        parameters: [.uuidArray],
        """
        SELECT \(LetterColumns.list) FROM dead_letters AS letters WHERE id = ANY ($1) ORDER BY id FOR UPDATE
        """
    )

    static let messages = Statement(
        "letters_messages",
        parameters: [.uuidArray],
        "SELECT letter_id, body_bytes, head, body FROM dead_letter_messages WHERE letter_id = ANY ($1)"
    )

    /// The same of what would be sent.
    static let currentMessages = Statement(
        "letters_current_messages",
        parameters: [.uuidArray],
        """
        SELECT letters.id, \(LetterColumns.currentMessage)
        FROM dead_letters AS letters \(LetterColumns.currentSources) WHERE letters.id = ANY ($1)
        """
    )

    static let revisions = Statement(
        "letters_revisions",
        parameters: [.uuid],
        """
        SELECT number, made_at, made_by, reason, tenant, client_id, subject, scopes, body_bytes, head, body
        FROM dead_letter_revisions WHERE letter_id = $1 ORDER BY number
        """
    )

    static func revision(_ row: Row) throws(PostgresError) -> LetterRevision {
        LetterRevision(
            number: Int(try row.int32(0)),
            message: try LetterColumns.message(row, size: 8, head: 9, body: 10),
            caller: try LetterColumns.caller(row, 4),
            reason: try row.string(3),
            madeBy: try row.string(2),
            madeAt: try row.timestamp(1)
        )
    }

    static func ids(_ ids: some Collection<LetterID>) -> Parameter {
        var column = ArrayColumn(.uuid, capacity: ids.count)
        for id in ids { column.append(uuid: id.bits) }
        return .array(column)
    }

    private static func add(_ position: LetterPosition?, to conditions: inout LetterConditions) {
        guard let position else { return }
        let time = conditions.bind(.timestamptz(unixMicroseconds: position.arrivedAt.microseconds))
        conditions.add("y", .uuid(position.id.bits)) { "(letters.arrived_at, letters.id) < (\(time), \($0))" }
    }
}
