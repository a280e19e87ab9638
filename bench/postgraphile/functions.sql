-- What PostGraphile is given so that it can answer the same as fast as it can: functions that PostgreSQL puts into the
-- statements in their place, so that the indexes we have serve PostGraphile, too. The tables and indexes are ours.
DROP SCHEMA IF EXISTS postgraphile CASCADE;
CREATE SCHEMA postgraphile;

-- the expression that meetings are in order of
CREATE FUNCTION postgraphile.meetings_day(m meetings) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT coalesce(m.date, '-infinity'::date) $$;
COMMENT ON FUNCTION postgraphile.meetings_day(meetings) IS E'@sortable\n@filterable\n@behavior +orderBy +filterBy';

-- the tasks of all reports of a meeting
CREATE FUNCTION postgraphile.meetings_tasks(m meetings) RETURNS SETOF tasks LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.* FROM meeting_reports r JOIN tasks t ON t.report_id = r.id JOIN facts f ON f.id = t.id
    WHERE r.meeting_id = m.id ORDER BY f.document_id, f.ordinal
$$;

-- a person's participations, the latest first
CREATE FUNCTION postgraphile.people_participations(n people) RETURNS SETOF participants LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT p.* FROM participants p JOIN meetings m ON m.id = p.meeting_id WHERE p.person_id = n.id
    ORDER BY coalesce(m.date, '-infinity'::date) DESC, p.id DESC
$$;
