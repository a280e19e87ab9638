-- What PostGraphile is given so that it can answer the same as fast as it can, one statement a query: functions that
-- PostgreSQL puts into the statements in their place. The tables and indexes are ours, as they are.
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS postgraphile CASCADE;
CREATE SCHEMA postgraphile;

-- the expression that meetings are in order of, and by which an index of ours has them
CREATE FUNCTION postgraphile.meetings_day(m meetings) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT coalesce(m.date, '-infinity'::date) $$;
COMMENT ON FUNCTION postgraphile.meetings_day(meetings) IS E'@sortable\n@filterable\n@behavior +orderBy +filterBy';

-- the tasks of all reports of a meeting, and where each stands in its document
CREATE FUNCTION postgraphile.meetings_tasks(m meetings) RETURNS SETOF tasks LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.* FROM meeting_reports r JOIN tasks t ON t.report_id = r.id JOIN facts f ON f.id = t.id
    WHERE r.meeting_id = m.id ORDER BY f.document_id, f.ordinal
$$;
CREATE FUNCTION postgraphile.tasks_ordinal(t tasks) RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT f.ordinal FROM facts f WHERE f.id = t.id $$;
