-- References and triggers again, and what was only needed on the way gone.
\set ON_ERROR_STOP on
DROP TABLE bench.said, bench.texts, bench.docs, bench.present;
-- of what is there now, or references would be checked by plans for empty tables; also of indexes on expressions
VACUUM (ANALYZE);
SELECT statement FROM bench.dropped WHERE statement ~ 'FOREIGN KEY' ORDER BY place \gexec
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', item.name);
    END LOOP;
END $$;
