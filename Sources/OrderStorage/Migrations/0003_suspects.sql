-- Which commands were alone in hand when a worker ended.
-- Unlogged: writing it costs no flush, and what a crash of the database forgets is counted again.

CREATE UNLOGGED TABLE suspects (
    -- SHA-256 over what stays the same of a message from one delivery to the next.
    id bytea PRIMARY KEY CHECK (length(id) = 32),
    -- Taken in hand and not let go since.
    taken int NOT NULL CHECK (taken > 0),
    taken_at timestamptz NOT NULL
);

CREATE INDEX suspects_by_age ON suspects (taken_at);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'orderbus_worker') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON suspects TO orderbus_worker;
    END IF;
END
$$;
