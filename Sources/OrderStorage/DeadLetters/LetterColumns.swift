internal import Orders
internal import Postgres

/// The columns that make an entry, in the order in which they are read.
enum LetterColumns {
    /// Of the table under the name `letters`.
    static let list = """
        letters.id, letters.group_id, letters.state, letters.reason, letters.command, letters.code, letters.error,
        letters.details, letters.release, letters.attempts, letters.first_failed_at, letters.last_failed_at,
        letters.exchange, letters.routing_key, letters.user_id, letters.tenant, letters.client_id, letters.subject,
        letters.scopes, letters.customer_id, letters.order_id, letters.idempotency_key, letters.arrived_at,
        letters.changed_at, letters.arrivals, letters.repeat_failures, letters.revision, letters.job_id,
        letters.body_bytes
        """
    /// How many there are: what a statement selects behind them begins here.
    static let count = 29

    /// What is sent: the newest revision, or the message as it arrived.
    static let currentMessage = """
        coalesce(revisions.body_bytes, messages.body_bytes), coalesce(revisions.head, messages.head),
        coalesce(revisions.body, messages.body)
        """
    /// What is joined for it to the table under the name `letters`.
    static let currentSources = """
        JOIN dead_letter_messages AS messages ON messages.letter_id = letters.id
        LEFT JOIN dead_letter_revisions AS revisions
            ON revisions.letter_id = letters.id AND revisions.number = letters.revision
        """

    static func entry(_ row: Row) throws(PostgresError) -> LetterEntry {
        guard let state = LetterState(rawValue: try row.int16(2)) else {
            throw PostgresError(.unexpectedResult, "a dead letter has a state that this program does not know")
        }
        return LetterEntry(
            id: LetterID(bits: try row.uuid(0)),
            groupID: GroupID(bits: try row.uuid(1)),
            state: state,
            command: try row.string(4),
            failure: LetterFailure(
                reason: FailureReason(rawValue: try row.int16(3)) ?? .unknown,
                code: try row.string(5),
                message: try row.string(6),
                details: try row.stringOrNull(7),
                attempts: Int(try row.int32(9)),
                firstFailedAt: try row.timestamp(10),
                lastFailedAt: try row.timestamp(11),
                release: try row.stringOrNull(8)
            ),
            origin: LetterOrigin(
                exchange: try row.string(12),
                routingKey: try row.string(13),
                userID: try row.stringOrNull(14)
            ),
            caller: try caller(row, 15),
            topic: LetterTopic(
                customerID: try row.stringOrNull(19),
                orderID: try row.uuidOrNull(20).map(OrderID.init(uuid:)),
                idempotencyKey: try row.stringOrNull(21)
            ),
            arrivedAt: try row.timestamp(22),
            changedAt: try row.timestamp(23),
            arrivals: Int(try row.int32(24)),
            repeatFailures: Int(try row.int32(25)),
            revision: Int(try row.int32(26)),
            job: try row.uuidOrNull(27).map(ReplayJobID.init(bits:)),
            bodyByteCount: try row.int64(28)
        )
    }

    /// Reads tenant, client, subject and scopes.
    static func caller(_ row: Row, _ column: Int) throws(PostgresError) -> Caller? {
        guard let tenant = try row.stringOrNull(column), let clientID = try row.stringOrNull(column + 1) else {
            return nil
        }
        return Caller(
            tenant: tenant,
            clientID: clientID,
            subject: try row.stringOrNull(column + 2),
            scopes: (try row.stringOrNull(column + 3) ?? "").split(separator: " ").map(String.init)
        )
    }

    /// Reads the size of the body as it was sent, head and body.
    static func message(_ row: Row, size: Int, head: Int, body: Int) throws(PostgresError) -> LetterMessage {
        guard let (properties, headers) = LetterHead.decode(try row.bytes(head)) else {
            throw PostgresError(.unexpectedResult, "the head of a dead letter is not as this program writes it")
        }
        return LetterMessage(
            body: try row.bytes(body),
            bodyByteCount: try row.int64(size),
            properties: properties,
            headers: headers
        )
    }
}
