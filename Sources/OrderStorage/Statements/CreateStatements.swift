internal import Orders
internal import Postgres

/// Stores new orders, and their events in the outbox, in one statement.
enum CreateStatements {
    /// Orders whose id is taken are passed over; the answer names the others.
    ///
    /// A create that another transaction has under way is waited for. The statement must come sorted by id: two batches
    /// with the same keys would otherwise wait for each other.
    static let insert = Statement(
        "orders_insert",
        parameters: [
            .uuidArray, .timestamptzArray, .int8Array, .byteaArray, .textArray, .textArray, .textArray, .textArray,
            .textArray, .textArray, .textArray, .jsonArray, .jsonArray, .textArray,
        ],
        """
        WITH created AS (
            INSERT INTO orders (
                id, created_at, updated_at, total_hundredths, version, status, fingerprint, tenant, client_id,
                idempotency_key, customer_id, currency, total, request_id, items, metadata, traceparent
            )
            SELECT
                id, at, at, total_hundredths, 1, 0, fingerprint, tenant, client_id,
                idempotency_key, customer_id, currency, total, request_id, items, metadata, traceparent
            FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS new (
                id, at, total_hundredths, fingerprint, tenant, client_id, idempotency_key, customer_id, currency, total,
                request_id, items, metadata, traceparent
            )
            ON CONFLICT (id) DO NOTHING
            RETURNING id
        )
        INSERT INTO outbox (order_id, version, created_at, type)
        SELECT id, 1, now(), 'order.created.v1' FROM created
        RETURNING order_id
        """
    )

    /// What tells a replay from a reused key.
    ///
    /// A statement of its own, so that it sees what `insert` has waited for.
    static let lookUp = Statement(
        "orders_look_up",
        parameters: [.uuidArray, .textArray],
        """
        SELECT orders.id, orders.fingerprint, orders.created_at
        FROM orders JOIN unnest($1, $2) AS wanted (id, tenant) USING (id, tenant)
        """
    )

    /// The parameters of `insert`, a column each, filled row by row.
    struct Columns {
        private var ids: ArrayColumn
        private var moments: ArrayColumn
        private var hundredths: ArrayColumn
        private var fingerprints: ArrayColumn
        private var tenants: ArrayColumn
        private var clients: ArrayColumn
        private var keys: ArrayColumn
        private var customers: ArrayColumn
        private var currencies: ArrayColumn
        private var totals: ArrayColumn
        private var requestIDs: ArrayColumn
        private var items: ArrayColumn
        private var metadata: ArrayColumn
        private var traces: ArrayColumn

        init(capacity: Int) {
            ids = ArrayColumn(.uuid, capacity: capacity)
            moments = ArrayColumn(.timestamptz, capacity: capacity, valueBytes: 8)
            hundredths = ArrayColumn(.int8, capacity: capacity, valueBytes: 8)
            fingerprints = ArrayColumn(.bytea, capacity: capacity, valueBytes: 32)
            tenants = ArrayColumn(.text, capacity: capacity)
            clients = ArrayColumn(.text, capacity: capacity)
            keys = ArrayColumn(.text, capacity: capacity, valueBytes: 36)
            customers = ArrayColumn(.text, capacity: capacity)
            currencies = ArrayColumn(.text, capacity: capacity, valueBytes: 3)
            totals = ArrayColumn(.text, capacity: capacity, valueBytes: 8)
            requestIDs = ArrayColumn(.text, capacity: capacity, valueBytes: 36)
            items = ArrayColumn(.json, capacity: capacity, valueBytes: 128)
            metadata = ArrayColumn(.json, capacity: capacity, valueBytes: 48)
            traces = ArrayColumn(.text, capacity: capacity, valueBytes: 0)
        }

        mutating func append(_ id: OrderID, _ order: NewOrder, _ request: StoreRequest) {
            ids.append(uuid: id.uuid)
            moments.append(unixMicroseconds: request.now.microseconds)
            hundredths.append(order.total.hundredths)
            fingerprints.append(bytes: order.fingerprint)
            tenants.append(request.caller.tenant)
            clients.append(request.caller.clientID)
            keys.append(order.key.text)
            customers.append(order.customerID)
            currencies.append(order.currency)
            totals.append(order.total.text)
            requestIDs.append(request.requestID)
            items.append(utf8: order.items)
            metadata.append(utf8: order.metadata)
            traces.append(request.traceparent)
        }

        var parameters: [Parameter] {
            [
                .array(ids), .array(moments), .array(hundredths), .array(fingerprints), .array(tenants),
                .array(clients), .array(keys), .array(customers), .array(currencies), .array(totals),
                .array(requestIDs), .array(items), .array(metadata), .array(traces),
            ]
        }
    }
}
