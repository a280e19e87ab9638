-- A backup is restored with an empty search path (pg_dump sees to that), and fills generated columns meanwhile: what they
-- are made by has to say where its own functions are, which is wherever this is.
DO $migration$
BEGIN
    EXECUTE format($create$
        CREATE OR REPLACE FUNCTION search_words(text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
            -- A tsvector holds a megabyte at most; nobody looks for what stands behind that in one sentence.
            SELECT to_tsvector('pg_catalog.simple', left(
                regexp_replace(%I.fold($1), '[^a-z0-9\u0100-\u1fff\u3040-\uffff]+', ' ', 'g'), 200000))
        $$ $create$, current_schema());
END $migration$;
