internal import Orders
internal import Postgres

/// Writes letters that have arrived.
enum KeepStatements {
    private static let insert = Statement(
        "letters_insert",
        parameters: [
            .uuidArray, .uuidArray, .uuidArray, .timestamptz, .timestamptzArray, .timestamptzArray, .int8Array,
            .int4Array, .int2Array, .textArray, .textArray, .textArray, .textArray, .textArray, .textArray, .textArray,
            .textArray, .textArray, .textArray, .textArray, .textArray, .textArray, .textArray,
        ],
        """
        INSERT INTO dead_letters (
            id, group_id, order_id, arrived_at, changed_at, first_failed_at, last_failed_at, body_bytes, attempts,
            reason, command, code, error, details, release, tenant, client_id, subject, scopes, customer_id,
            idempotency_key, exchange, routing_key, user_id
        )
        SELECT id, group_id, order_id, $4, $4, first_failed_at, last_failed_at, body_bytes, attempts, reason, command,
            code, error, details, release, tenant, client_id, subject, scopes, customer_id, idempotency_key, exchange,
            routing_key, user_id
        FROM unnest(
            $1, $2, $3, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23
        ) AS letters (
            id, group_id, order_id, first_failed_at, last_failed_at, body_bytes, attempts, reason, command, code,
            error, details, release, tenant, client_id, subject, scopes, customer_id, idempotency_key, exchange,
            routing_key, user_id
        )
        ON CONFLICT (id) DO NOTHING
        """
    )

    private static let insertMessages = Statement(
        "letters_insert_messages",
        parameters: [.uuidArray, .int8Array, .byteaArray, .byteaArray],
        """
        INSERT INTO dead_letter_messages (letter_id, body_bytes, head, body) SELECT * FROM unnest($1, $2, $3, $4)
        ON CONFLICT (letter_id) DO NOTHING
        """
    )

    private static let insertDocuments = Statement(
        "letters_insert_documents",
        parameters: [.uuidArray],
        """
        INSERT INTO dead_letter_documents (letter_id, document)
        SELECT letter_id, document FROM (
            SELECT letter_id, dead_letter_json(body) AS document FROM dead_letter_messages WHERE letter_id = ANY ($1)
        ) AS parsed
        WHERE document IS NOT NULL
        ON CONFLICT (letter_id) DO NOTHING
        """
    )

    private static let merge = Statement(
        "letters_merge",
        parameters: [
            .uuidArray, .uuidArray, .timestamptz, .timestamptzArray, .timestamptzArray, .int4Array, .int4Array,
            .int4Array, .int2Array, .int2Array, .textArray, .textArray, .textArray, .textArray, .textArray, .textArray,
            .textArray, .textArray,
        ],
        """
        UPDATE dead_letters AS letters SET
            group_id = merged.group_id, changed_at = $3, first_failed_at = merged.first_failed_at,
            last_failed_at = merged.last_failed_at, attempts = merged.attempts, arrivals = merged.arrivals,
            repeat_failures = merged.repeat_failures, state = merged.state, reason = merged.reason,
            code = merged.code, error = merged.error, details = merged.details, release = merged.release,
            tenant = merged.tenant, client_id = merged.client_id, subject = merged.subject, scopes = merged.scopes
        FROM unnest($1, $2, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) AS merged (
            id, group_id, first_failed_at, last_failed_at, attempts, arrivals, repeat_failures, state, reason, code,
            error, details, release, tenant, client_id, subject, scopes
        )
        WHERE letters.id = merged.id
        """
    )

    private static let endReplays = Statement(
        "letters_end_replays",
        parameters: [.uuidArray, .uuidArray, .textArray, .textArray, .timestamptz],
        """
        UPDATE replay_messages AS messages
        SET state = 3, result = 'died', code = ended.code, message = ended.message, ended_at = $5
        FROM unnest($1, $2, $3, $4) AS ended (letter_id, job_id, code, message)
        WHERE messages.letter_id = ended.letter_id AND messages.job_id = ended.job_id AND messages.state = 1
        """
    )

    /// Adds what keeps new letters: the first statement tells how many were new.
    static func addInserts(_ letters: [ArrivedLetter], at time: Timestamp, to batch: inout Batch) {
        var columns = FailureColumns()
        var (ids, groups, orders) = (ArrayColumn(.uuid), ArrayColumn(.uuid), ArrayColumn(.uuid))
        var (sizes, commands) = (ArrayColumn(.int8), ArrayColumn(.text))
        var (customers, keys) = (ArrayColumn(.text), ArrayColumn(.text))
        var (exchanges, routingKeys, users) = (ArrayColumn(.text), ArrayColumn(.text), ArrayColumn(.text))
        var (heads, bodies) = (ArrayColumn(.bytea), ArrayColumn(.bytea))
        for letter in letters {
            ids.append(uuid: letter.id.bits)
            groups.append(uuid: letter.groupID.bits)
            orders.append(uuid: letter.topic.orderID?.uuid)
            sizes.append(letter.message.bodyByteCount)
            commands.append(letter.command.storable)
            columns.append(letter.failure, letter.caller)
            customers.append(letter.topic.customerID?.storable)
            keys.append(letter.topic.idempotencyKey?.storable)
            exchanges.append(letter.origin.exchange.storable)
            routingKeys.append(letter.origin.routingKey.storable)
            users.append(letter.origin.userID?.storable)
            heads.append(bytes: LetterHead.encode(letter.message.properties, letter.message.headers))
            bodies.append(bytes: letter.message.body)
        }
        batch.add(
            insert,
            [
                .array(ids), .array(groups), .array(orders), .timestamptz(unixMicroseconds: time.microseconds),
                .array(columns.first), .array(columns.last), .array(sizes), .array(columns.attempts),
                .array(columns.reasons), .array(commands),
            ] + columns.texts + [
                .array(customers), .array(keys), .array(exchanges), .array(routingKeys), .array(users),
            ]
        )
        batch.add(insertMessages, [.array(ids), .array(sizes), .array(heads), .array(bodies)])
        batch.add(insertDocuments, [.array(ids)])
    }

    /// Adds what brings entries up to date whose messages came again.
    static func addMerges(
        _ merged: [(letter: ArrivedLetter, merge: LetterMerge)],
        at time: Timestamp,
        to batch: inout Batch
    ) {
        var columns = FailureColumns()
        var (ids, groups) = (ArrayColumn(.uuid), ArrayColumn(.uuid))
        var (arrivals, repeats, states) = (ArrayColumn(.int4), ArrayColumn(.int4), ArrayColumn(.int2))
        var (endedLetters, endedJobs) = (ArrayColumn(.uuid), ArrayColumn(.uuid))
        var (codes, messages) = (ArrayColumn(.text), ArrayColumn(.text))
        for (letter, merge) in merged {
            ids.append(uuid: letter.id.bits)
            groups.append(uuid: merge.groupID.bits)
            columns.append(merge.failure, merge.caller)
            arrivals.append(Int32(clamping: merge.arrivals))
            repeats.append(Int32(clamping: merge.repeatFailures))
            states.append(merge.state.rawValue)
            guard let job = merge.endedJob else { continue }
            endedLetters.append(uuid: letter.id.bits)
            endedJobs.append(uuid: job.bits)
            codes.append(merge.failure.code.storable)
            messages.append(merge.failure.message.storable)
        }
        let now = Parameter.timestamptz(unixMicroseconds: time.microseconds)
        batch.add(
            merge,
            [
                .array(ids), .array(groups), now, .array(columns.first), .array(columns.last),
                .array(columns.attempts), .array(arrivals), .array(repeats), .array(states), .array(columns.reasons),
            ] + columns.texts
        )
        guard endedLetters.count > 0 else { return }
        batch.add(endReplays, [.array(endedLetters), .array(endedJobs), .array(codes), .array(messages), now])
    }
}
