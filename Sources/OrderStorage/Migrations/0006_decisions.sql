-- What operators decided, where it must be known later: who put which letter aside or took it back, and what exactly a
-- replay was ordered as.

CREATE TABLE dead_letter_moves (
    letter_id uuid NOT NULL REFERENCES dead_letters ON DELETE CASCADE,
    moved_at timestamptz NOT NULL,
    -- Where to, as in dead_letters: 0 restored, 3 discarded.
    state smallint NOT NULL CHECK (state IN (0, 3)),
    moved_by text COLLATE "C" NOT NULL,
    reason text COLLATE "C" NOT NULL
);
CREATE INDEX dead_letter_moves_by_letter ON dead_letter_moves (letter_id);

ALTER TABLE replay_jobs
    -- The sizes of its first steps with spaces between; NULL where ladder_first, _factor and _most say it all.
    ADD COLUMN ladder text COLLATE "C",
    -- SHA-256 over the order: the same id with another one is refused.
    ADD COLUMN fingerprint bytea;

DROP INDEX replay_jobs_by_time;
CREATE INDEX replay_jobs_by_time ON replay_jobs (ordered_at, id);

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'orderbus_console') THEN
        GRANT SELECT, INSERT, DELETE ON dead_letter_moves TO orderbus_console;
    END IF;
END
$$;
