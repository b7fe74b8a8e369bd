internal import Orders
internal import Postgres

/// Writes and reads the audit.
enum AuditStatements {
    static let columns = """
        sequence, at, outcome, action, client_id, subject, actor_tenant, target, tenant, reason, address, request_id,
        details, hash
        """

    /// Puts a record at the end of the chain; the row of the chain is locked until the transaction ends, so this is
    /// best a transaction's last statement.
    private static let append = Statement(
        "audit_append",
        parameters: [
            .bytea, .timestamptz, .int2, .text, .text, .text, .text, .text, .text, .text, .text, .text, .text,
        ],
        """
        WITH head AS (
            UPDATE audit_chain SET
                head_sequence = head_sequence + 1,
                head_hash = sha256(head_hash || int8send(head_sequence + 1) || $1)
            RETURNING head_sequence, head_hash
        )
        INSERT INTO audit_records (\(columns))
        SELECT head_sequence, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, head_hash FROM head
        RETURNING sequence, hash
        """
    )

    static func append(_ entry: AuditEntry) -> Batch {
        var batch = Batch()
        append(entry, to: &batch)
        return batch
    }

    static func append(_ entry: AuditEntry, to batch: inout Batch) {
        let entry = entry.storable
        batch.add(
            append,
            [
                .bytea(entry.canonical), .timestamptz(unixMicroseconds: entry.at.microseconds),
                .int2(entry.outcome.rawValue), .text(entry.action.rawValue), .text(entry.actor.clientID),
                .optional(entry.actor.subject), .optional(entry.actor.tenant), .optional(entry.target),
                .optional(entry.tenant), .optional(entry.reason), .optional(entry.address),
                .optional(entry.requestID), .text(AuditDetails.write(entry.details)),
            ]
        )
    }

    static let page = Statement(
        "audit_page",
        parameters: [.int8, .int8],
        "SELECT \(columns) FROM audit_records WHERE sequence > $1 ORDER BY sequence LIMIT $2"
    )

    static let ends = Statement(
        "audit_ends",
        "SELECT anchor_sequence, anchor_hash, head_sequence, head_hash FROM audit_chain"
    )

    static func list(_ filter: AuditFilter, within reach: TenantReach) -> Search {
        var conditions = LetterConditions()
        if case .one(let tenant) = reach {
            conditions.add("r", .text(tenant.storable)) { "(tenant = \($0) OR actor_tenant = \($0))" }
        }
        if let target = filter.target { conditions.add("t", .text(target.storable)) { "target = \($0)" } }
        if let client = filter.clientID { conditions.add("c", .text(client.storable)) { "client_id = \($0)" } }
        if let action = filter.action { conditions.add("a", .text(action.rawValue)) { "action = \($0)" } }
        if let outcome = filter.outcome { conditions.add("o", .int2(outcome.rawValue)) { "outcome = \($0)" } }
        if let from = filter.from {
            conditions.add("f", .timestamptz(unixMicroseconds: from.microseconds)) { "at >= \($0)" }
        }
        if let before = filter.before {
            conditions.add("b", .timestamptz(unixMicroseconds: before.microseconds)) { "at < \($0)" }
        }
        if let sequence = filter.beforeSequence { conditions.add("s", .int8(sequence)) { "sequence < \($0)" } }
        let limits = AuditFilter.limits
        let limit = conditions.bind(.int8(Int64(min(max(filter.limit, limits.lowerBound), limits.upperBound))))
        return Search(
            "audit",
            conditions,
            """
            SELECT \(columns) FROM audit_records WHERE \(conditions.sql) ORDER BY sequence DESC LIMIT \(limit)
            """
        )
    }

    static func record(_ row: Row) throws(PostgresError) -> AuditRecord {
        guard let action = AuditAction(rawValue: try row.string(3)),
            let outcome = AuditOutcome(rawValue: try row.int16(2))
        else {
            throw PostgresError(.unexpectedResult, "an audit record tells of something that this program does not know")
        }
        return AuditRecord(
            sequence: try row.int64(0),
            entry: AuditEntry(
                at: try row.timestamp(1),
                actor: AuditActor(
                    clientID: try row.string(4),
                    subject: try row.stringOrNull(5),
                    tenant: try row.stringOrNull(6)
                ),
                action: action,
                target: try row.stringOrNull(7),
                tenant: try row.stringOrNull(8),
                reason: try row.stringOrNull(9),
                details: AuditDetails.read(try row.string(12)),
                address: try row.stringOrNull(10),
                requestID: try row.stringOrNull(11),
                outcome: outcome
            ),
            hash: try row.bytes(13)
        )
    }
}
