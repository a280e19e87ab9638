-- What clients follow: the number of the last change, and for each node the change that made it what it is.
--
-- A node changes when its *content* does: its fields, what is below it (a meeting's participants, a document's facts,
-- their evidence), and the names of the people and bodies it refers to. Triggers note which nodes a transaction may
-- have changed; when it ends, those whose content is another than before get the next numbers. So nothing is missed,
-- whoever writes and however (a cascade, an UPDATE by hand), and what is written anew just as it was, as loading does,
-- is no change.

-- One row. Whoever counts the number up holds the row until the transaction ends: numbers come in the order of commits,
-- and whoever sees one sees all that came before it.
CREATE TABLE data_version (
    one boolean CONSTRAINT data_version_pkey PRIMARY KEY DEFAULT true CONSTRAINT data_version_one CHECK (one),
    -- which database this is: numbers of another mean nothing here
    database uuid NOT NULL DEFAULT gen_random_uuid(),
    -- how many changes there have been; goes up with every transaction that changes anything a client can see
    number bigint NOT NULL DEFAULT 0,
    -- when; never before a change with a lower number
    changed_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO data_version DEFAULT VALUES;

-- The last change of every node there is or has been: a log of which only the newest entry of each node is kept.
CREATE TABLE node_changes (
    number bigint NOT NULL,
    -- the change that made the node, or made it anew after it was gone
    made_by bigint NOT NULL,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    id uuid NOT NULL,
    -- of the content; NULL when the node is gone
    digest bytea,
    kind text COLLATE "C" NOT NULL CONSTRAINT node_changes_kind_known CHECK (kind IN
        ('DOCUMENT', 'MEETING', 'PARTICIPANT', 'PERSON', 'ORGANIZATION', 'TASK', 'AWARD', 'DIRECTIVE')),
    CONSTRAINT node_changes_pkey PRIMARY KEY (kind, id),
    -- the changes of one kind, in order
    CONSTRAINT node_changes_kind_number_key UNIQUE (kind, number)
);

-- Which nodes a transaction may have changed is noted in a temporary table, pg_temp.touched_nodes, which costs nothing
-- that lasts. A row of this one stands for the end of a transaction that has noted something; it never outlives it.
CREATE UNLOGGED TABLE touching (
    transaction xid8 CONSTRAINT touching_pkey PRIMARY KEY DEFAULT pg_current_xact_id()
);

-- To be called before something is noted.
CREATE FUNCTION begin_touching() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('pg_temp.touched_nodes') IS NULL THEN
        CREATE TEMPORARY TABLE touched_nodes (kind text COLLATE "C" NOT NULL, id uuid NOT NULL) ON COMMIT DELETE ROWS;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_temp.touched_nodes) THEN
        INSERT INTO touching DEFAULT VALUES ON CONFLICT DO NOTHING;
    END IF;
END $$;

-- Notes every node there is or has been: for what was written while nothing was noted.
CREATE FUNCTION touch_all() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM begin_touching();
    INSERT INTO pg_temp.touched_nodes
    SELECT kind, id FROM node_changes WHERE digest IS NOT NULL
    UNION ALL SELECT 'DOCUMENT', id FROM documents
    UNION ALL SELECT 'MEETING', id FROM meetings
    UNION ALL SELECT 'PARTICIPANT', id FROM participants
    UNION ALL SELECT 'PERSON', id FROM people
    UNION ALL SELECT 'ORGANIZATION', id FROM organizations
    UNION ALL SELECT 'TASK', id FROM tasks
    UNION ALL SELECT 'AWARD', id FROM awards
    UNION ALL SELECT 'DIRECTIVE', id FROM directives;
END $$;

-- TRUNCATE tells no rows.
CREATE FUNCTION touch_everything() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM touch_all();
    RETURN NULL;
END $$;

-- For every table, what a row of it (r) is part of, and what else may change if one is changed. FACT stands for all that
-- is made of a fact, PERSON_NAME and ORGANIZATION_NAME for all that shows the name, MEETING_DAY for whoever was there.
DO $$
DECLARE
    part record;
BEGIN
    FOR part IN SELECT * FROM (VALUES
        ('documents', $r$('DOCUMENT', r.id)$r$, NULL),
        ('facts', $r$('DOCUMENT', r.document_id), ('FACT', r.id)$r$, NULL),
        ('evidence', $r$('FACT', r.fact_id)$r$, NULL),
        ('meeting_reports', $r$('FACT', r.id), ('MEETING', r.meeting_id)$r$, NULL),
        ('report_organizers', $r$('FACT', r.report_id)$r$, NULL),
        ('participant_reports', $r$('FACT', r.id), ('PARTICIPANT', r.participant_id)$r$, NULL),
        ('report_positions', $r$('FACT', r.participant_report_id)$r$, NULL),
        ('tasks', $r$('TASK', r.id), ('FACT', r.id), ('FACT', r.report_id), ('PERSON', r.assigned_by_id)$r$, NULL),
        ('award_reports', $r$('FACT', r.id), ('AWARD', r.award_id)$r$, NULL),
        ('award_report_recipients', $r$('FACT', r.award_report_id)$r$, NULL),
        ('directives', $r$('DIRECTIVE', r.id), ('FACT', r.id)$r$, NULL),
        ('figures', $r$('FACT', r.id)$r$, NULL),
        ('meetings', $r$('MEETING', r.id)$r$, $r$('MEETING_DAY', r.id)$r$),
        ('meeting_organizers', $r$('MEETING', r.meeting_id)$r$, NULL),
        ('sites', $r$('MEETING', r.meeting_id)$r$, NULL),
        ('participants', $r$('PARTICIPANT', r.id), ('MEETING', r.meeting_id), ('PERSON', r.person_id)$r$, NULL),
        ('participant_positions', $r$('PARTICIPANT', r.participant_id)$r$, NULL),
        ('people', $r$('PERSON', r.id)$r$, $r$('PERSON_NAME', r.id)$r$),
        ('organizations', $r$('ORGANIZATION', r.id)$r$, $r$('ORGANIZATION_NAME', r.id)$r$),
        ('awards', $r$('AWARD', r.id), ('MEETING', r.meeting_id)$r$, NULL),
        ('award_recipients', $r$('AWARD', r.award_id)$r$, NULL)
    ) AS parts (of_table, nodes, if_changed)
    LOOP
        EXECUTE format($function$
            CREATE FUNCTION touch_%1$s() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                -- One condition inside the other: an INSERT has no table of rows that are gone to ask about.
                IF TG_OP <> 'INSERT' THEN
                    IF EXISTS (SELECT FROM gone) THEN
                        PERFORM begin_touching();
                        INSERT INTO pg_temp.touched_nodes SELECT node.kind, node.id
                        FROM gone AS r CROSS JOIN LATERAL (VALUES %2$s) AS node (kind, id) WHERE node.id IS NOT NULL;
                    END IF;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    IF EXISTS (SELECT FROM made) THEN
                        PERFORM begin_touching();
                        INSERT INTO pg_temp.touched_nodes SELECT node.kind, node.id
                        FROM made AS r CROSS JOIN LATERAL (VALUES %2$s) AS node (kind, id) WHERE node.id IS NOT NULL;
                        IF TG_OP = 'UPDATE' THEN
                            INSERT INTO pg_temp.touched_nodes SELECT node.kind, node.id
                            FROM made AS r CROSS JOIN LATERAL (VALUES %3$s) AS node (kind, id)
                            WHERE node.id IS NOT NULL;
                        END IF;
                    END IF;
                END IF;
                RETURN NULL;
            END $body$
            $function$, part.of_table, part.nodes, coalesce(part.if_changed, '(NULL::text, NULL::uuid)'));
        EXECUTE format('CREATE TRIGGER touched_by_insert AFTER INSERT ON %1$s REFERENCING NEW TABLE AS made
            FOR EACH STATEMENT EXECUTE FUNCTION touch_%1$s()', part.of_table);
        EXECUTE format('CREATE TRIGGER touched_by_update AFTER UPDATE ON %1$s REFERENCING OLD TABLE AS gone
            NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION touch_%1$s()', part.of_table);
        EXECUTE format('CREATE TRIGGER touched_by_delete AFTER DELETE ON %1$s REFERENCING OLD TABLE AS gone
            FOR EACH STATEMENT EXECUTE FUNCTION touch_%1$s()', part.of_table);
        EXECUTE format('CREATE TRIGGER touched_by_truncate AFTER TRUNCATE ON %1$s
            FOR EACH STATEMENT EXECUTE FUNCTION touch_everything()', part.of_table);
    END LOOP;
END $$;

-- From what was noted to all nodes whose content it is part of.
CREATE FUNCTION widen_touched() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    noted uuid[];
BEGIN
    noted := ARRAY(SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'ORGANIZATION_NAME');
    IF cardinality(noted) > 0 THEN
        INSERT INTO pg_temp.touched_nodes
        SELECT 'MEETING', x.meeting_id FROM meeting_organizers x WHERE x.organization_id = ANY(noted)
        UNION ALL SELECT 'PARTICIPANT', x.participant_id FROM participant_positions x
            WHERE x.organization_id = ANY(noted)
        UNION ALL SELECT 'AWARD', x.id FROM awards x WHERE x.granted_by_id = ANY(noted)
        UNION ALL SELECT 'FACT', x.report_id FROM report_organizers x WHERE x.organization_id = ANY(noted)
        UNION ALL SELECT 'FACT', x.participant_report_id FROM report_positions x WHERE x.organization_id = ANY(noted)
        UNION ALL SELECT 'FACT', x.id FROM directives x WHERE x.issued_by_id = ANY(noted);
    END IF;
    noted := ARRAY(SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'PERSON_NAME');
    IF cardinality(noted) > 0 THEN
        INSERT INTO pg_temp.touched_nodes
        SELECT 'PARTICIPANT', x.id FROM participants x WHERE x.person_id = ANY(noted)
        UNION ALL SELECT 'FACT', x.id FROM tasks x WHERE x.assigned_by_id = ANY(noted);
    END IF;
    noted := ARRAY(SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'MEETING_DAY');
    IF cardinality(noted) > 0 THEN
        INSERT INTO pg_temp.touched_nodes
        SELECT 'PERSON', x.person_id FROM participants x WHERE x.meeting_id = ANY(noted) AND x.person_id IS NOT NULL;
    END IF;
    noted := ARRAY(SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'FACT');
    IF cardinality(noted) > 0 THEN
        INSERT INTO pg_temp.touched_nodes
        SELECT node.kind, node.id
        FROM unnest(noted) AS fact (id) JOIN facts f ON f.id = fact.id
            LEFT JOIN meeting_reports m ON m.id = f.id
            LEFT JOIN participant_reports p ON p.id = f.id
            LEFT JOIN award_reports a ON a.id = f.id
            CROSS JOIN LATERAL (VALUES ('DOCUMENT', f.document_id), ('MEETING', m.meeting_id),
                ('PARTICIPANT', p.participant_id), ('AWARD', a.award_id),
                (CASE WHEN f.kind IN ('TASK', 'DIRECTIVE') THEN f.kind END, f.id)) AS node (kind, id)
        WHERE node.kind IS NOT NULL AND node.id IS NOT NULL
        -- a task's meeting is its report's
        UNION ALL SELECT 'TASK', t.id FROM unnest(noted) AS fact (id) JOIN tasks t ON t.report_id = fact.id;
    END IF;
    INSERT INTO pg_temp.touched_nodes
    SELECT node.kind, node.id
    FROM (SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'TASK') AS noted
        JOIN tasks t ON t.id = noted.id LEFT JOIN meeting_reports m ON m.id = t.report_id
        CROSS JOIN LATERAL (VALUES ('PERSON', t.assigned_by_id), ('MEETING', m.meeting_id)) AS node (kind, id)
    WHERE node.id IS NOT NULL;
    INSERT INTO pg_temp.touched_nodes
    SELECT node.kind, node.id
    FROM (SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'PARTICIPANT') AS noted
        JOIN participants p ON p.id = noted.id
        CROSS JOIN LATERAL (VALUES ('MEETING', p.meeting_id), ('PERSON', p.person_id)) AS node (kind, id)
    WHERE node.id IS NOT NULL;
    INSERT INTO pg_temp.touched_nodes
    SELECT 'MEETING', a.meeting_id
    FROM (SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = 'AWARD') AS noted
        JOIN awards a ON a.id = noted.id
    WHERE a.meeting_id IS NOT NULL;
END $$;

-- A body as others show it.
CREATE FUNCTION shown(body organizations) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN body.id IS NOT NULL THEN ROW(body.id, body.name, body.province_id)::text END
$$;

-- Where facts stand, and what stands there. Each document's text is taken out of its compressed storage once.
CREATE FUNCTION evidence_contents(ids uuid[]) RETURNS TABLE (fact_id uuid, content text) LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
DECLARE
    said record;
    words text;
BEGIN
    FOR said IN
        SELECT f.document_id, array_agg(f.id) AS facts
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.id = asked.id GROUP BY f.document_id
    LOOP
        SELECT d.text || '' INTO words FROM documents d WHERE d.id = said.document_id;
        RETURN QUERY
        SELECT e.fact_id, ROW(e.ordinal, e.start_at, e.end_at, e.rule,
            substr(words, e.start_at + 1, e.end_at - e.start_at))::text
        FROM unnest(said.facts) AS asked (id) JOIN evidence e ON e.fact_id = asked.id;
    END LOOP;
END $$;

-- The contents of those of these nodes that are there, in pieces: 1 is what each has, the others are lists. What is below
-- a node and a node itself stands in it by its digest, so that a meeting of a thousand is not read whole for one.
CREATE FUNCTION node_contents(of_kind text, ids uuid[]) RETURNS TABLE (id uuid, part int, content text)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF of_kind = 'ORGANIZATION' THEN
        RETURN QUERY SELECT o.id, 1, shown(o) FROM unnest(ids) AS asked (id) JOIN organizations o ON o.id = asked.id;
    ELSIF of_kind = 'TASK' THEN
        RETURN QUERY
        SELECT t.id, 1, ROW(f.document_id, f.ordinal, t.text, t.year, t.assigned_by_id, t.assigned_by_name, n.name,
            m.meeting_id)::text
        FROM unnest(ids) AS asked (id) JOIN tasks t ON t.id = asked.id JOIN facts f ON f.id = t.id
            LEFT JOIN meeting_reports m ON m.id = t.report_id LEFT JOIN people n ON n.id = t.assigned_by_id
        UNION ALL SELECT e.fact_id, 2, e.content FROM evidence_contents(ids) e;
    ELSIF of_kind = 'DIRECTIVE' THEN
        RETURN QUERY
        SELECT x.id, 1, ROW(f.document_id, x.code, x.issued_by_name, shown(o), x.issued_on)::text
        FROM unnest(ids) AS asked (id) JOIN directives x ON x.id = asked.id JOIN facts f ON f.id = x.id
            LEFT JOIN organizations o ON o.id = x.issued_by_id
        UNION ALL SELECT e.fact_id, 2, e.content FROM evidence_contents(ids) e;
    ELSIF of_kind = 'PARTICIPANT' THEN
        RETURN QUERY
        SELECT p.id, 1, ROW(p.meeting_id, p.kind, p.name, p.person_id, n.name, p.roles, p.site_name,
            p.site_province_id)::text
        FROM unnest(ids) AS asked (id) JOIN participants p ON p.id = asked.id LEFT JOIN people n ON n.id = p.person_id
        UNION ALL SELECT x.participant_id, 2, ROW(x.ordinal, x.title, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN participant_positions x ON x.participant_id = asked.id
            LEFT JOIN organizations o ON o.id = x.organization_id
        -- what single documents say of them
        UNION ALL SELECT r.participant_id, 3, r::text
        FROM unnest(ids) AS asked (id) JOIN participant_reports r ON r.participant_id = asked.id
        UNION ALL SELECT r.participant_id, 4, ROW(r.id, x.ordinal, x.title, x.organization_name, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN participant_reports r ON r.participant_id = asked.id
            JOIN report_positions x ON x.participant_report_id = r.id
            LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT r.participant_id, 5, ROW(r.id, e.content)::text
        FROM evidence_contents(ARRAY(SELECT r.id FROM unnest(ids) AS asked (id)
            JOIN participant_reports r ON r.participant_id = asked.id)) e
            JOIN participant_reports r ON r.id = e.fact_id;
    ELSIF of_kind = 'AWARD' THEN
        RETURN QUERY
        SELECT a.id, 1, ROW(a.meeting_id, a.name, shown(o), a.collective_count, a.individual_count, a.work_count,
            a.year)::text
        FROM unnest(ids) AS asked (id) JOIN awards a ON a.id = asked.id
            LEFT JOIN organizations o ON o.id = a.granted_by_id
        UNION ALL SELECT x.award_id, 2, ROW(x.ordinal, x.name)::text
        FROM unnest(ids) AS asked (id) JOIN award_recipients x ON x.award_id = asked.id
        UNION ALL SELECT r.award_id, 3, ROW(r.id, e.content)::text
        FROM evidence_contents(ARRAY(SELECT r.id FROM unnest(ids) AS asked (id)
            JOIN award_reports r ON r.award_id = asked.id)) e
            JOIN award_reports r ON r.id = e.fact_id;
    ELSIF of_kind = 'PERSON' THEN
        RETURN QUERY
        SELECT n.id, 1, n.name FROM unnest(ids) AS asked (id) JOIN people n ON n.id = asked.id
        UNION ALL SELECT p.person_id, 2, ROW(p.id, m.date,
            (SELECT c.digest FROM node_changes c WHERE c.kind = 'PARTICIPANT' AND c.id = p.id))::text
        FROM unnest(ids) AS asked (id) JOIN participants p ON p.person_id = asked.id
            JOIN meetings m ON m.id = p.meeting_id
        UNION ALL SELECT t.assigned_by_id, 3, ROW(t.id, t.assigned_by_name)::text
        FROM unnest(ids) AS asked (id) JOIN tasks t ON t.assigned_by_id = asked.id;
    ELSIF of_kind = 'MEETING' THEN
        RETURN QUERY
        SELECT m.id, 1, ROW(m.title, m.kind, m.date, m.part_of_day, m.mode, m.level, m.venue, m.province_id,
            m.review_year, m.plan_year, m.site_count, m.site_count_qualifier, m.attendee_count,
            m.attendee_count_qualifier)::text
        FROM unnest(ids) AS asked (id) JOIN meetings m ON m.id = asked.id
        UNION ALL SELECT x.meeting_id, 2, ROW(x.role, x.ordinal, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN meeting_organizers x ON x.meeting_id = asked.id
            JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT x.meeting_id, 3, ROW(x.ordinal, x.name, x.province_id)::text
        FROM unnest(ids) AS asked (id) JOIN sites x ON x.meeting_id = asked.id
        UNION ALL SELECT p.meeting_id, 4, ROW(p.ordinal, p.id,
            (SELECT c.digest FROM node_changes c WHERE c.kind = 'PARTICIPANT' AND c.id = p.id))::text
        FROM unnest(ids) AS asked (id) JOIN participants p ON p.meeting_id = asked.id
        UNION ALL SELECT a.meeting_id, 5, ROW(a.id,
            (SELECT c.digest FROM node_changes c WHERE c.kind = 'AWARD' AND c.id = a.id))::text
        FROM unnest(ids) AS asked (id) JOIN awards a ON a.meeting_id = asked.id
        -- what single documents say of it
        UNION ALL SELECT r.meeting_id, 6, ROW(f.document_id, r)::text
        FROM unnest(ids) AS asked (id) JOIN meeting_reports r ON r.meeting_id = asked.id JOIN facts f ON f.id = r.id
        UNION ALL SELECT r.meeting_id, 7, ROW(r.id, x.role, x.ordinal, x.name, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN meeting_reports r ON r.meeting_id = asked.id
            JOIN report_organizers x ON x.report_id = r.id LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT r.meeting_id, 8, ROW(t.id,
            (SELECT c.digest FROM node_changes c WHERE c.kind = 'TASK' AND c.id = t.id))::text
        FROM unnest(ids) AS asked (id) JOIN meeting_reports r ON r.meeting_id = asked.id
            JOIN tasks t ON t.report_id = r.id
        UNION ALL SELECT r.meeting_id, 9, ROW(r.id, e.content)::text
        FROM evidence_contents(ARRAY(SELECT r.id FROM unnest(ids) AS asked (id)
            JOIN meeting_reports r ON r.meeting_id = asked.id)) e
            JOIN meeting_reports r ON r.id = e.fact_id;
    ELSIF of_kind = 'DOCUMENT' THEN
        RETURN QUERY
        SELECT d.id, 1, ROW(d.slug, d.title, d.kind, d.publisher, d.url, d.published_on,
            sha256(convert_to(d.text, 'UTF8')))::text
        FROM unnest(ids) AS asked (id) JOIN documents d ON d.id = asked.id
        UNION ALL SELECT f.document_id, 2, ROW(f.kind, f.ordinal, f.id,
            (SELECT c.digest FROM node_changes c WHERE c.kind = f.kind AND c.id = f.id))::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id
        UNION ALL SELECT f.document_id, 3, r::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'MEETING_REPORT'
            JOIN meeting_reports r ON r.id = f.id
        UNION ALL SELECT f.document_id, 4, ROW(f.id, x.role, x.ordinal, x.name, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'MEETING_REPORT'
            JOIN report_organizers x ON x.report_id = f.id LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT f.document_id, 5, r::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'PARTICIPANT_REPORT'
            JOIN participant_reports r ON r.id = f.id
        UNION ALL SELECT f.document_id, 6, ROW(f.id, x.ordinal, x.title, x.organization_name, shown(o))::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'PARTICIPANT_REPORT'
            JOIN report_positions x ON x.participant_report_id = f.id
            LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT f.document_id, 7, r::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'AWARD_REPORT'
            JOIN award_reports r ON r.id = f.id
        UNION ALL SELECT f.document_id, 8, ROW(f.id, x.ordinal, x.name)::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'AWARD_REPORT'
            JOIN award_report_recipients x ON x.award_report_id = f.id
        UNION ALL SELECT f.document_id, 9, x::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id AND f.kind = 'FIGURE'
            JOIN figures x ON x.id = f.id
        -- the text is here, so places in it need no quote
        UNION ALL SELECT f.document_id, 10, ROW(e.fact_id, e.ordinal, e.start_at, e.end_at, e.rule)::text
        FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id JOIN evidence e ON e.fact_id = f.id;
    END IF;
END $$;

-- Ends a transaction that has touched something: numbers its changes, and tells who listens.
CREATE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql
    -- What a digest is made of must not depend on who writes.
    SET datestyle = 'ISO, YMD' SET bytea_output = 'hex'
    -- Everything is looked up by key. A plan that reads a table whole, made and kept while the table was small, would be
    -- slower with every document that is loaded. (What has no index, as notes have not, then costs so much by PostgreSQL's
    -- reckoning that it would compile the statement.)
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    -- each before those it stands in
    kinds CONSTANT text[] := ARRAY['ORGANIZATION', 'TASK', 'DIRECTIVE', 'PARTICIPANT', 'AWARD', 'PERSON', 'MEETING',
        'DOCUMENT'];
    of_kind text;
    ids uuid[];
    before bigint;
    latest bigint;
    moved bigint;
    moment timestamptz;
BEGIN
    DELETE FROM touching t WHERE t.transaction = NEW.transaction;
    IF NOT EXISTS (SELECT FROM pg_temp.touched_nodes) THEN
        RETURN NULL;
    END IF;
    SELECT v.number, greatest(clock_timestamp(), v.changed_at) INTO STRICT before, moment FROM data_version v FOR UPDATE;
    latest := before;
    PERFORM widen_touched();
    FOREACH of_kind IN ARRAY kinds LOOP
        ids := ARRAY(SELECT DISTINCT t.id FROM pg_temp.touched_nodes t WHERE t.kind = of_kind);
        CONTINUE WHEN cardinality(ids) = 0;
        WITH now AS MATERIALIZED (
            SELECT piece.id, CASE WHEN bool_or(piece.part = 1) THEN substr(sha256(convert_to(string_agg(
                    piece.part || piece.content, ' ' ORDER BY piece.part, piece.content COLLATE "C"), 'UTF8')), 1, 16)
                END AS digest
            FROM (
                SELECT c.id, c.part, c.content FROM node_contents(of_kind, ids) AS c
                -- those that are gone have no contents
                UNION ALL SELECT asked.id, 0, NULL FROM unnest(ids) AS asked (id)
            ) AS piece
            GROUP BY piece.id
        ), differing AS MATERIALIZED (
            SELECT now.id, now.digest, latest + row_number() OVER (ORDER BY now.id) AS number
            FROM now
            WHERE now.digest IS DISTINCT FROM
                (SELECT known.digest FROM node_changes known WHERE known.kind = of_kind AND known.id = now.id)
        )
        INSERT INTO node_changes AS known (number, made_by, made_at, changed_at, id, digest, kind)
        SELECT d.number, d.number, moment, moment, d.id, d.digest, of_kind FROM differing d
        ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number, changed_at = excluded.changed_at,
            digest = excluded.digest,
            made_by = CASE WHEN known.digest IS NULL THEN excluded.made_by ELSE known.made_by END,
            made_at = CASE WHEN known.digest IS NULL THEN excluded.made_at ELSE known.made_at END;
        GET DIAGNOSTICS moved = ROW_COUNT;
        latest := latest + moved;
    END LOOP;
    DELETE FROM pg_temp.touched_nodes;
    IF latest > before THEN
        UPDATE data_version SET number = latest, changed_at = moment;
        PERFORM pg_notify('hoinghi_changes', latest::text);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER touching_ends AFTER INSERT ON touching DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION record_changes();

-- What was loaded before there was this log.
SELECT touch_all();
