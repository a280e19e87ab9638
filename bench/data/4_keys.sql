-- Keys and indexes again, but for the slow ones of words and trigrams.
\set ON_ERROR_STOP on
SELECT statement FROM bench.dropped WHERE statement !~ 'FOREIGN KEY|USING gin' ORDER BY place \gexec
