internal import Orders

extension GroupStatements {
    /// Groups and states with the number of their letters, under the names that letters' columns have.
    private static let counted = """
        (
            SELECT groups.id AS group_id, tenant, command, code, reason, on_hold, states.state, states.letters
            FROM dead_letter_groups AS groups CROSS JOIN LATERAL (
                VALUES (0::int2, kept), (1::int2, replaying), (2::int2, replayed), (3::int2, discarded)
            ) AS states (state, letters)
        ) AS letters
        """

    /// As ``LetterStatements/count(_:in:within:)`` counts letters one by one; for a filter that means whole groups.
    static func count(_ conditions: LetterConditions, _ isOfState: String) -> Search {
        Search(
            "group_count",
            conditions,
            """
            SELECT coalesce(sum(letters.letters), 0)::int8,
                coalesce(sum(letters.letters) FILTER (WHERE \(isOfState)), 0)::int8
            FROM \(counted) WHERE \(conditions.sql)
            """
        )
    }

    /// As ``OrderingStatements/preview(_:within:)`` counts letters one by one.
    ///
    /// Only where a sender is proved there is a tenant.
    static func preview(_ conditions: LetterConditions) -> Search {
        let isFree = "letters.state = 0 AND NOT letters.on_hold"
        return Search(
            "group_preview",
            conditions,
            """
            SELECT letters.tenant, sum(letters.letters)::int8,
                coalesce(sum(letters.letters) FILTER (WHERE \(isFree)), 0)::int8 AS free,
                coalesce(sum(letters.letters) FILTER (WHERE letters.tenant IS NULL AND \(isFree)), 0)::int8,
                coalesce(sum(letters.letters) FILTER (WHERE letters.state = 1), 0)::int8,
                coalesce(sum(letters.letters) FILTER (WHERE letters.state > 1), 0)::int8
            FROM \(counted) WHERE \(conditions.sql)
            GROUP BY letters.tenant ORDER BY free DESC, letters.tenant
            """
        )
    }
}

extension LetterFilter {
    /// Whether letters of one group and state either all fit or none.
    var isOfWholeGroups: Bool {
        let others: [Any?] = [
            release, clientID, customerID, orderID, arrivedFrom, arrivedBefore, text, body, hasFailedAgain,
        ]
        return others.allSatisfy { $0 == nil }
    }
}
