-- In a table that grew since it was last looked at (ANALYZE), PostgreSQL takes a look at everything of one kind, kept at hand,
-- for cheaper than a look-up by key for each node, and every batch of a load cost as much as all the nodes before it.
-- Without these two ways of joining, a node is always looked up by its key.
ALTER FUNCTION record_changes() SET enable_material = off;
ALTER FUNCTION record_changes() SET enable_bitmapscan = off;
