-- Orders and the events that are still to be told.
-- Text is compared by bytes: nothing here is sorted for people, and memcmp is several times cheaper than a locale.

CREATE TABLE orders (
    -- The 128 bits of the order id, derived from tenant, client and idempotency key: one index for all of them.
    id uuid PRIMARY KEY,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    total_hundredths bigint NOT NULL,
    version int NOT NULL CHECK (version > 0),
    -- 0 PENDING, 1 CONFIRMED, 2 FULFILLED, 3 CANCELLED; readable in the view order_overview.
    status smallint NOT NULL CHECK (status BETWEEN 0 AND 3),
    fingerprint bytea NOT NULL CHECK (length(fingerprint) = 32),
    tenant text COLLATE "C" NOT NULL,
    client_id text COLLATE "C" NOT NULL,
    idempotency_key text COLLATE "C" NOT NULL,
    customer_id text COLLATE "C" NOT NULL,
    currency text COLLATE "C" NOT NULL,
    -- As the producer wrote it.
    total text COLLATE "C" NOT NULL,
    request_id text COLLATE "C" NOT NULL,
    -- json and not jsonb: it keeps the bytes, and takes \u0000 and any number.
    items json NOT NULL,
    metadata json,
    -- The trace that the order was created in.
    traceparent text COLLATE "C",
    cancel_reason text COLLATE "C"
);

-- Without the id: entries of one moment then share their key, which makes this index a tenth as large. Pages are sorted
-- by id within a moment when they are read.
CREATE INDEX orders_by_time ON orders (tenant, created_at);
CREATE INDEX orders_by_customer ON orders (tenant, customer_id, created_at);
-- Most orders are PENDING, and those are found by time; the others by this, which costs a create nothing.
CREATE INDEX orders_by_status ON orders (tenant, status, created_at) WHERE status <> 0;

CREATE TABLE outbox (
    order_id uuid NOT NULL,
    -- The order's version that the event led to; its id is derived from both.
    version int NOT NULL,
    created_at timestamptz NOT NULL,
    type text COLLATE "C" NOT NULL,
    traceparent text COLLATE "C",
    -- NULL where the event can be written from the order's own unchanging columns, as order.created.v1 can: dead rows
    -- pile up at the rate of orders until the next vacuum, so a live one must be small.
    payload bytea,
    PRIMARY KEY (order_id, version)
)
-- Rows live for milliseconds: without eager vacuuming the table is mostly dead ones.
WITH (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0,
    autovacuum_analyze_threshold = 100000
);

-- The id as everybody outside writes it: ord_ and 26 digits of Crockford's base 32.
CREATE FUNCTION order_reference(id uuid) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN 'ord_' || (
    SELECT string_agg(
        substr('0123456789abcdefghjkmnpqrstvwxyz', substring(bits FROM 1 + 5 * digit FOR 5)::bit(5)::int + 1, 1),
        '' ORDER BY digit
    )
    FROM (SELECT B'00' || ('x' || replace(id::text, '-', ''))::bit(128) AS bits) AS number, generate_series(0, 25) AS digit
);

-- The way back: SELECT * FROM orders WHERE id = order_id('ord_…').
CREATE FUNCTION order_id(reference text) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (
    SELECT string_agg(to_hex(substring(bits FROM 3 + 4 * digit FOR 4)::bit(4)::int), '' ORDER BY digit)::uuid
    FROM (
        SELECT string_agg(
            (strpos('0123456789abcdefghjkmnpqrstvwxyz', substr(reference, place, 1)) - 1)::bit(5)::text,
            '' ORDER BY place
        )::bit(130) AS bits
        FROM generate_series(5, 30) AS place
    ) AS number, generate_series(0, 31) AS digit
);

CREATE VIEW order_overview AS
SELECT
    order_reference(id) AS order_id,
    (ARRAY['PENDING', 'CONFIRMED', 'FULFILLED', 'CANCELLED'])[status + 1] AS status,
    version, tenant, client_id, idempotency_key, customer_id, currency, total, items, metadata, cancel_reason,
    request_id, created_at, updated_at, id
FROM orders;

-- What the worker needs and no more, if the operator has made the role.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'orderbus_worker') THEN
        GRANT SELECT, INSERT, UPDATE ON orders TO orderbus_worker;
        GRANT SELECT, INSERT, DELETE ON outbox TO orderbus_worker;
        GRANT SELECT ON orderbus_migrations, order_overview TO orderbus_worker;
    END IF;
END
$$;
