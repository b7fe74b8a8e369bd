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
        parameters: types.map(\.array),
        insertion(
            of: """
                SELECT
                    id, at, at, total_hundredths, 1, 0, fingerprint, tenant, client_id,
                    idempotency_key, customer_id, currency, total, request_id, items, metadata, traceparent
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS new (
                    id, at, total_hundredths, fingerprint, tenant, client_id, idempotency_key, customer_id, currency,
                    total, request_id, items, metadata, traceparent
                )
                """
        )
    )

    /// The same for one order: without the arrays, PostgreSQL is done a sixth sooner.
    static let insertOne = Statement(
        "order_insert",
        parameters: types,
        insertion(of: "VALUES ($1, $2, $2, $3, 1, 0, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)")
    )

    /// Of the columns, in the order of the parameters.
    private static let types: [SQLType] = [
        .uuid, .timestamptz, .int8, .bytea, .text, .text, .text, .text, .text, .text, .text, .json, .json, .text,
    ]

    private static func insertion(of rows: String) -> String {
        """
        WITH created AS (
            INSERT INTO orders (
                id, created_at, updated_at, total_hundredths, version, status, fingerprint, tenant, client_id,
                idempotency_key, customer_id, currency, total, request_id, items, metadata, traceparent
            )
            \(rows)
            ON CONFLICT (id) DO NOTHING
            RETURNING id
        )
        INSERT INTO outbox (order_id, version, created_at, type)
        SELECT id, 1, now(), 'order.created.v1' FROM created
        RETURNING order_id
        """
    }

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

    /// What to insert, a column each, filled row by row.
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

        /// Adds the statement that stores the rows.
        func addInsert(to batch: inout Batch) {
            let columns = [
                ids, moments, hundredths, fingerprints, tenants, clients, keys, customers, currencies, totals,
                requestIDs, items, metadata, traces,
            ]
            if ids.count == 1 {
                batch.add(CreateStatements.insertOne, columns.map { .onlyValue(of: $0) })
            } else {
                batch.add(CreateStatements.insert, columns.map { .array($0) })
            }
        }
    }
}
