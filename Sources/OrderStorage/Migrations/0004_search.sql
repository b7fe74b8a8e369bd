-- Finds a text in bodies and errors of dead letters by groups of three characters, where the server has the extension for
-- it. Where it has not, or the role may not have it, a search looks through all messages, as before.
DO $$
DECLARE
    home text;
BEGIN
    BEGIN
        CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
    EXCEPTION WHEN OTHERS THEN
        RAISE NOTICE 'texts are searched without an index: %', SQLERRM;
    END;
    SELECT quote_ident(nspname) INTO home FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace
    WHERE extname = 'pg_trgm';
    IF home IS NULL THEN
        RETURN;
    END IF;
    -- As the program asks for it, word for word.
    EXECUTE 'CREATE INDEX dead_letter_messages_by_text ON dead_letter_messages USING gin ('
        'encode(substr(body, 1, 16384), ''escape'') ' || home || '.gin_trgm_ops)';
    EXECUTE 'CREATE INDEX dead_letters_by_error ON dead_letters USING gin (error ' || home || '.gin_trgm_ops)';
END
$$;

-- For filters that few letters meet: without these, all are looked at.
CREATE INDEX dead_letters_by_client ON dead_letters (client_id, arrived_at, id);
CREATE INDEX dead_letters_by_code ON dead_letters (code, arrived_at, id);
CREATE INDEX dead_letters_by_order ON dead_letters (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX dead_letters_failed_again ON dead_letters (arrived_at, id) WHERE repeat_failures > 0;

-- Bodies that are longer than what the index of texts covers.
CREATE INDEX dead_letter_messages_long ON dead_letter_messages (letter_id) WHERE body_bytes > 16384;
