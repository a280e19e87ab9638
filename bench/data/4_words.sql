-- The indexes of words and trigrams again.
\set ON_ERROR_STOP on
SET maintenance_work_mem = '512MB';
SELECT statement FROM bench.dropped WHERE statement ~ 'USING gin' ORDER BY place \gexec
