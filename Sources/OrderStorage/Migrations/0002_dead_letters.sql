-- Dead letters, the jobs that send them again, and the audit of both.

-- What lists, groups and filters read: narrow, because it is read in bulk and written again with every change of state.
CREATE TABLE dead_letters (
    -- 128 bits derived from the message, so that one that comes twice is one row.
    id uuid PRIMARY KEY,
    group_id uuid NOT NULL,
    -- The replay job that it belongs to, or last belonged to.
    job_id uuid,
    order_id uuid,
    arrived_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    first_failed_at timestamptz NOT NULL,
    last_failed_at timestamptz NOT NULL,
    body_bytes bigint NOT NULL,
    attempts int NOT NULL,
    arrivals int NOT NULL DEFAULT 1,
    repeat_failures int NOT NULL DEFAULT 0,
    revision int NOT NULL DEFAULT 0,
    -- 0 kept, 1 replaying, 2 replayed, 3 discarded; readable in the view dead_letter_overview.
    state smallint NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 3),
    -- 0 refused, 1 delivery limit, 2 expired, 3 unrouted, 4 queue full, 5 rejected, 6 unknown.
    reason smallint NOT NULL CHECK (reason BETWEEN 0 AND 6),
    command text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    error text COLLATE "C" NOT NULL,
    details text COLLATE "C",
    release text COLLATE "C",
    -- On whose behalf it would be sent again; NULL where no token ever proved it.
    tenant text COLLATE "C",
    client_id text COLLATE "C",
    subject text COLLATE "C",
    scopes text COLLATE "C",
    customer_id text COLLATE "C",
    idempotency_key text COLLATE "C",
    exchange text COLLATE "C" NOT NULL,
    routing_key text COLLATE "C" NOT NULL,
    user_id text COLLATE "C"
)
WITH (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);

CREATE INDEX dead_letters_by_time ON dead_letters (arrived_at, id);
CREATE INDEX dead_letters_by_tenant ON dead_letters (tenant, arrived_at, id);
CREATE INDEX dead_letters_by_group ON dead_letters (group_id, arrived_at, id);
CREATE INDEX dead_letters_kept ON dead_letters (group_id, arrived_at) WHERE state = 0;
CREATE INDEX dead_letters_by_customer ON dead_letters (customer_id, arrived_at) WHERE customer_id IS NOT NULL;
CREATE INDEX dead_letters_by_change ON dead_letters (state, changed_at);

-- The messages, byte for byte: written once, read one by one.
CREATE TABLE dead_letter_messages (
    letter_id uuid PRIMARY KEY REFERENCES dead_letters ON DELETE CASCADE,
    -- How long the body was when it was sent.
    body_bytes bigint NOT NULL,
    -- Properties and headers, without the token.
    head bytea NOT NULL,
    body bytea NOT NULL
);

-- The bodies that are JSON, parsed once, for filters; a body that jsonb cannot hold is not here.
CREATE TABLE dead_letter_documents (
    letter_id uuid PRIMARY KEY REFERENCES dead_letters ON DELETE CASCADE,
    document jsonb NOT NULL
);
CREATE INDEX dead_letter_documents_by_content ON dead_letter_documents USING gin (document);

-- The body as JSON, or NULL where it is none.
CREATE FUNCTION dead_letter_json(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE
AS $$
BEGIN
    IF length(body) > 262144 THEN
        RETURN NULL;
    END IF;
    RETURN convert_from(body, 'UTF8')::jsonb;
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$$;

CREATE TABLE dead_letter_revisions (
    letter_id uuid NOT NULL REFERENCES dead_letters ON DELETE CASCADE,
    number int NOT NULL CHECK (number > 0),
    made_at timestamptz NOT NULL,
    made_by text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL,
    tenant text COLLATE "C",
    client_id text COLLATE "C",
    subject text COLLATE "C",
    scopes text COLLATE "C",
    body_bytes bigint NOT NULL,
    head bytea NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (letter_id, number)
);

-- Kinds of failure, with counters that the triggers below keep, so that listing them reads a row a group.
CREATE TABLE dead_letter_groups (
    id uuid PRIMARY KEY,
    first_seen_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    noted_at timestamptz,
    repeat_failures bigint NOT NULL DEFAULT 0,
    kept int NOT NULL DEFAULT 0,
    replaying int NOT NULL DEFAULT 0,
    replayed int NOT NULL DEFAULT 0,
    discarded int NOT NULL DEFAULT 0,
    reason smallint NOT NULL,
    on_hold boolean NOT NULL DEFAULT false,
    tenant text COLLATE "C",
    command text COLLATE "C" NOT NULL,
    code text COLLATE "C" NOT NULL,
    pattern text COLLATE "C" NOT NULL,
    note text COLLATE "C",
    owner text COLLATE "C",
    ticket text COLLATE "C",
    noted_by text COLLATE "C"
)
WITH (fillfactor = 50);

-- Arrivals by hour.
CREATE TABLE dead_letter_inflow (
    group_id uuid NOT NULL,
    hour timestamptz NOT NULL,
    arrivals int NOT NULL,
    PRIMARY KEY (group_id, hour)
);
CREATE INDEX dead_letter_inflow_by_hour ON dead_letter_inflow (hour);

-- Letters are counted into their groups once a statement, groups in the order of their ids, so that no two statements
-- wait for each other.
CREATE FUNCTION dead_letters_inserted() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM dead_letter_groups WHERE id IN (SELECT group_id FROM new_rows) ORDER BY id FOR UPDATE;
    UPDATE dead_letter_groups AS groups SET
        kept = groups.kept + delta.kept,
        replaying = groups.replaying + delta.replaying,
        replayed = groups.replayed + delta.replayed,
        discarded = groups.discarded + delta.discarded,
        repeat_failures = groups.repeat_failures + delta.repeats
    FROM (
        SELECT group_id,
            count(*) FILTER (WHERE state = 0) AS kept,
            count(*) FILTER (WHERE state = 1) AS replaying,
            count(*) FILTER (WHERE state = 2) AS replayed,
            count(*) FILTER (WHERE state = 3) AS discarded,
            sum(repeat_failures) AS repeats
        FROM new_rows GROUP BY group_id
    ) AS delta
    WHERE groups.id = delta.group_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION dead_letters_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM dead_letter_groups WHERE id IN (SELECT group_id FROM old_rows) ORDER BY id FOR UPDATE;
    UPDATE dead_letter_groups AS groups SET
        kept = groups.kept - delta.kept,
        replaying = groups.replaying - delta.replaying,
        replayed = groups.replayed - delta.replayed,
        discarded = groups.discarded - delta.discarded,
        repeat_failures = groups.repeat_failures - delta.repeats
    FROM (
        SELECT group_id,
            count(*) FILTER (WHERE state = 0) AS kept,
            count(*) FILTER (WHERE state = 1) AS replaying,
            count(*) FILTER (WHERE state = 2) AS replayed,
            count(*) FILTER (WHERE state = 3) AS discarded,
            sum(repeat_failures) AS repeats
        FROM old_rows GROUP BY group_id
    ) AS delta
    WHERE groups.id = delta.group_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION dead_letters_updated() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM dead_letter_groups
    WHERE id IN (SELECT group_id FROM old_rows UNION SELECT group_id FROM new_rows)
    ORDER BY id FOR UPDATE;
    UPDATE dead_letter_groups AS groups SET
        kept = groups.kept + delta.kept,
        replaying = groups.replaying + delta.replaying,
        replayed = groups.replayed + delta.replayed,
        discarded = groups.discarded + delta.discarded,
        repeat_failures = groups.repeat_failures + delta.repeats
    FROM (
        SELECT group_id,
            coalesce(sum(sign) FILTER (WHERE state = 0), 0) AS kept,
            coalesce(sum(sign) FILTER (WHERE state = 1), 0) AS replaying,
            coalesce(sum(sign) FILTER (WHERE state = 2), 0) AS replayed,
            coalesce(sum(sign) FILTER (WHERE state = 3), 0) AS discarded,
            sum(sign * repeat_failures) AS repeats
        FROM (
            SELECT group_id, state, repeat_failures, 1 AS sign FROM new_rows
            UNION ALL
            SELECT group_id, state, repeat_failures, -1 FROM old_rows
        ) AS changes
        GROUP BY group_id
    ) AS delta
    WHERE groups.id = delta.group_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER dead_letters_inserted AFTER INSERT ON dead_letters
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION dead_letters_inserted();
CREATE TRIGGER dead_letters_deleted AFTER DELETE ON dead_letters
REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION dead_letters_deleted();
CREATE TRIGGER dead_letters_updated AFTER UPDATE ON dead_letters
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION dead_letters_updated();

CREATE TABLE replay_jobs (
    -- Chosen by whoever ordered it, so that a double click is one job.
    id uuid PRIMARY KEY,
    ordered_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    -- Nobody takes the job before this moment but its runner.
    leased_until timestamptz NOT NULL DEFAULT '-infinity',
    rate_millionths bigint NOT NULL,
    step int NOT NULL DEFAULT 0,
    ladder_first int NOT NULL,
    ladder_factor int NOT NULL,
    ladder_most int NOT NULL,
    stop_millionths int NOT NULL,
    -- Kept by the triggers below.
    waiting int NOT NULL DEFAULT 0,
    taken int NOT NULL DEFAULT 0,
    succeeded int NOT NULL DEFAULT 0,
    failed int NOT NULL DEFAULT 0,
    released int NOT NULL DEFAULT 0,
    -- 0 running, 1 paused, 2 stopped, 3 cancelled, 4 finished.
    state smallint NOT NULL CHECK (state BETWEEN 0 AND 4),
    reason text COLLATE "C" NOT NULL,
    -- The queue that it redirects to; NULL is where each message came from.
    queue text COLLATE "C",
    client_id text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    tenant text COLLATE "C" NOT NULL,
    -- Whose letters it may touch; NULL is everybody's.
    reach text COLLATE "C",
    scopes text COLLATE "C" NOT NULL,
    remark text COLLATE "C",
    runner text COLLATE "C"
)
WITH (fillfactor = 50);
CREATE INDEX replay_jobs_by_time ON replay_jobs (ordered_at);

CREATE TABLE replay_messages (
    job_id uuid NOT NULL REFERENCES replay_jobs ON DELETE CASCADE,
    letter_id uuid NOT NULL,
    taken_at timestamptz,
    ended_at timestamptz,
    position int NOT NULL,
    step int,
    sends int NOT NULL DEFAULT 0,
    status int,
    -- 0 waiting, 1 taken, 2 succeeded, 3 failed, 4 released.
    state smallint NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 4),
    is_replay boolean,
    result text COLLATE "C",
    code text COLLATE "C",
    message text COLLATE "C",
    PRIMARY KEY (job_id, position)
);
-- A letter is in at most one replay at a time: this is what guarantees it, whatever the programs think.
CREATE UNIQUE INDEX replay_messages_one_at_a_time ON replay_messages (letter_id) WHERE state < 2;
CREATE INDEX replay_messages_by_letter ON replay_messages (letter_id, job_id);
CREATE INDEX replay_messages_by_step ON replay_messages (job_id, step, state) WHERE step IS NOT NULL;
CREATE INDEX replay_messages_waiting ON replay_messages (job_id, position) WHERE state = 0;

CREATE FUNCTION replay_messages_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    UPDATE replay_jobs AS jobs SET
        waiting = jobs.waiting + delta.waiting,
        taken = jobs.taken + delta.taken,
        succeeded = jobs.succeeded + delta.succeeded,
        failed = jobs.failed + delta.failed,
        released = jobs.released + delta.released
    FROM (
        SELECT job_id,
            coalesce(sum(sign) FILTER (WHERE state = 0), 0) AS waiting,
            coalesce(sum(sign) FILTER (WHERE state = 1), 0) AS taken,
            coalesce(sum(sign) FILTER (WHERE state = 2), 0) AS succeeded,
            coalesce(sum(sign) FILTER (WHERE state = 3), 0) AS failed,
            coalesce(sum(sign) FILTER (WHERE state = 4), 0) AS released
        FROM (
            SELECT job_id, state, 1 AS sign FROM new_rows
            UNION ALL
            SELECT job_id, state, -1 FROM old_rows
        ) AS changes
        GROUP BY job_id
    ) AS delta
    WHERE jobs.id = delta.job_id;
    RETURN NULL;
END
$$;

CREATE FUNCTION replay_messages_inserted() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    UPDATE replay_jobs AS jobs SET waiting = jobs.waiting + delta.count
    FROM (SELECT job_id, count(*) AS count FROM new_rows GROUP BY job_id) AS delta
    WHERE jobs.id = delta.job_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER replay_messages_changed AFTER UPDATE ON replay_messages
REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION replay_messages_changed();
CREATE TRIGGER replay_messages_inserted AFTER INSERT ON replay_messages
REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION replay_messages_inserted();

-- The audit: each record's hash covers the one before.
CREATE TABLE audit_records (
    sequence bigint PRIMARY KEY,
    at timestamptz NOT NULL,
    outcome smallint NOT NULL CHECK (outcome BETWEEN 0 AND 2),
    action text COLLATE "C" NOT NULL,
    client_id text COLLATE "C" NOT NULL,
    subject text COLLATE "C",
    actor_tenant text COLLATE "C",
    target text COLLATE "C",
    tenant text COLLATE "C",
    reason text COLLATE "C",
    address text COLLATE "C",
    request_id text COLLATE "C",
    -- Name, U+001F, value, U+001E, and so on.
    details text COLLATE "C" NOT NULL,
    hash bytea NOT NULL CHECK (length(hash) = 32)
);
CREATE INDEX audit_records_by_target ON audit_records (target, sequence) WHERE target IS NOT NULL;
CREATE INDEX audit_records_by_tenant ON audit_records (tenant, sequence);
CREATE INDEX audit_records_by_actor ON audit_records (actor_tenant, sequence);

-- The two ends of the chain; one row, whose lock puts the records in their order.
CREATE TABLE audit_chain (
    is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    head_sequence bigint NOT NULL,
    head_hash bytea NOT NULL,
    -- The last record that retention removed.
    anchor_sequence bigint NOT NULL,
    anchor_hash bytea NOT NULL
)
WITH (fillfactor = 50);
INSERT INTO audit_chain (head_sequence, head_hash, anchor_sequence, anchor_hash)
VALUES (0, decode(repeat('00', 32), 'hex'), 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit_records_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('orderbus.audit_retention', true), '') = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is append-only';
END
$$;
CREATE TRIGGER audit_records_kept BEFORE UPDATE OR DELETE ON audit_records
FOR EACH ROW EXECUTE FUNCTION audit_records_kept();
CREATE TRIGGER audit_records_not_truncated BEFORE TRUNCATE ON audit_records
FOR EACH STATEMENT EXECUTE FUNCTION audit_records_kept();

-- The one way in which records go: the oldest, some at a time; the chain remembers where it begins from then on. Runs
-- as its owner, because nobody else needs the right to delete.
CREATE FUNCTION audit_retire(before timestamptz, most int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT
AS $$
DECLARE
    chain audit_chain;
    newest audit_records;
    removed int;
BEGIN
    SELECT * INTO chain FROM audit_chain FOR UPDATE;
    SELECT * INTO newest FROM (
        SELECT * FROM audit_records WHERE sequence > chain.anchor_sequence ORDER BY sequence LIMIT most
    ) AS oldest
    WHERE at < before AND sequence < coalesce((
        SELECT min(sequence) FROM (
            SELECT sequence, at FROM audit_records WHERE sequence > chain.anchor_sequence ORDER BY sequence LIMIT most
        ) AS young WHERE at >= before
    ), 9223372036854775807)
    ORDER BY sequence DESC LIMIT 1;
    IF newest.sequence IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('orderbus.audit_retention', 'on', true);
    DELETE FROM audit_records WHERE sequence <= newest.sequence;
    GET DIAGNOSTICS removed = ROW_COUNT;
    PERFORM set_config('orderbus.audit_retention', 'off', true);
    UPDATE audit_chain SET anchor_sequence = newest.sequence, anchor_hash = newest.hash;
    RETURN removed;
END
$$;
REVOKE ALL ON FUNCTION audit_retire FROM PUBLIC;

CREATE VIEW dead_letter_overview AS
SELECT
    id,
    (ARRAY['kept', 'replaying', 'replayed', 'discarded'])[state + 1] AS state,
    (ARRAY['refused', 'delivery-limit', 'expired', 'unrouted', 'queue-full', 'rejected', 'unknown'])[reason + 1]
        AS reason,
    command, code, error, attempts, tenant, client_id, customer_id, order_reference(order_id) AS order_id,
    first_failed_at, last_failed_at, arrived_at, changed_at, repeat_failures, revision, body_bytes, exchange, routing_key
FROM dead_letters;

-- What the console needs and no more, if the operator has made the role.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'orderbus_console') THEN
        GRANT SELECT, INSERT, UPDATE, DELETE ON dead_letters, dead_letter_messages, dead_letter_documents,
            dead_letter_revisions, dead_letter_groups, dead_letter_inflow, replay_jobs, replay_messages TO orderbus_console;
        GRANT SELECT, INSERT ON audit_records TO orderbus_console;
        GRANT SELECT, UPDATE ON audit_chain TO orderbus_console;
        GRANT EXECUTE ON FUNCTION audit_retire TO orderbus_console;
        GRANT SELECT ON orderbus_migrations, dead_letter_overview TO orderbus_console;
    END IF;
END
$$;
