-- Keys, indexes and references again, and what was only needed on the way gone.
\set ON_ERROR_STOP on
SET maintenance_work_mem = '512MB';
DROP TABLE bench.said, bench.texts, bench.docs, bench.present;
VACUUM (ANALYZE);
SELECT statement FROM bench.dropped ORDER BY statement ~ 'FOREIGN KEY', place \gexec
DO $$
DECLARE
    item record;
BEGIN
    FOR item IN SELECT DISTINCT tgrelid::regclass AS name FROM pg_trigger WHERE NOT tgisinternal LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', item.name);
    END LOOP;
END $$;

-- again, for the statistics of indexes on expressions
ANALYZE;
