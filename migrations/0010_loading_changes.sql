-- The other half of what makes loading cheap (0008 says how): what was noted is widened in arrays, and digests are made of
-- hashed pieces and of shares.

-- Of each of these nodes: its digest, NULL if it is not there, and of whom it is and how. Each piece is hashed once more
-- on its own, because the hash of a row alone is a sum: what moves from one piece to another would not show.
CREATE FUNCTION node_digests(of_kind text, ids uuid[]) RETURNS TABLE (id uuid, digest bytea, owner uuid, share bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF of_kind = 'PERSON' THEN
        RETURN QUERY
        SELECT asked.id, CASE WHEN n.id IS NOT NULL THEN
                int8send(hashint8extended(hash_record_extended(ROW(n.name, coalesce(c.share, 0)), 1), 1)) END,
            NULL::uuid, 0::bigint
        FROM unnest(ids) AS asked (id) LEFT JOIN people n ON n.id = asked.id
            LEFT JOIN node_changes c ON c.kind = 'PERSON' AND c.id = asked.id;
        RETURN;
    END IF;
    RETURN QUERY
    WITH digests AS MATERIALIZED (
        SELECT x.id, CASE WHEN bool_or(x.part = 1) THEN int8send(bit_xor(hashint8extended(x.hash, x.part))) END AS digest
        FROM (SELECT p.id, p.part, p.hash FROM node_pieces(of_kind, ids) p
            -- those that are not there have no pieces
            UNION ALL SELECT asked.id, 0, NULL FROM unnest(ids) AS asked (id)) AS x
        GROUP BY x.id
    )
    SELECT d.id, d.digest, p.person_id,
        CASE WHEN p.person_id IS NOT NULL THEN hash_record_extended(ROW(p.id, m.date, d.digest), 2) ELSE 0 END
    FROM digests d LEFT JOIN participants p ON p.id = d.id LEFT JOIN meetings m ON m.id = p.meeting_id
    WHERE of_kind = 'PARTICIPANT'
    UNION ALL SELECT d.id, d.digest, t.assigned_by_id,
        CASE WHEN t.assigned_by_id IS NOT NULL THEN hash_record_extended(ROW(t.id, t.assigned_by_name), 3) ELSE 0 END
    FROM digests d LEFT JOIN tasks t ON t.id = d.id
    WHERE of_kind = 'TASK'
    UNION ALL SELECT d.id, d.digest, NULL, 0 FROM digests d WHERE of_kind NOT IN ('PARTICIPANT', 'TASK');
END $$;

-- All nodes that have something of what was noted in their content, kind by kind, in the order of `kinds` below.
CREATE FUNCTION widened_touched(OUT organizations uuid[], OUT tasks uuid[], OUT directives uuid[],
    OUT participants uuid[], OUT awards uuid[], OUT people uuid[], OUT meetings uuid[], OUT documents uuid[],
    OUT sentences boolean)
LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    facts uuid[];
    spelled uuid[];
    named uuid[];
    moved uuid[];
    more record;
BEGIN
    -- What was noted is read once.
    SELECT array_agg(n.id) FILTER (WHERE n.kind = 'ORGANIZATION'), array_agg(n.id) FILTER (WHERE n.kind = 'TASK'),
        array_agg(n.id) FILTER (WHERE n.kind = 'DIRECTIVE'), array_agg(n.id) FILTER (WHERE n.kind = 'PARTICIPANT'),
        array_agg(n.id) FILTER (WHERE n.kind = 'AWARD'), array_agg(n.id) FILTER (WHERE n.kind = 'PERSON'),
        array_agg(n.id) FILTER (WHERE n.kind = 'MEETING'), array_agg(n.id) FILTER (WHERE n.kind = 'DOCUMENT'),
        bool_or(n.kind = 'SENTENCES'), array_agg(n.id) FILTER (WHERE n.kind = 'FACT'),
        array_agg(n.id) FILTER (WHERE n.kind = 'ORGANIZATION_NAME'),
        array_agg(n.id) FILTER (WHERE n.kind = 'PERSON_NAME'), array_agg(n.id) FILTER (WHERE n.kind = 'MEETING_DAY')
    INTO organizations, tasks, directives, participants, awards, people, meetings, documents, sentences, facts, spelled,
        named, moved
    FROM (SELECT DISTINCT t.kind, t.id FROM pg_temp.touched_nodes t) AS n;
    IF spelled IS NOT NULL THEN
        meetings := meetings || ARRAY(SELECT x.meeting_id FROM meeting_organizers x WHERE x.organization_id = ANY(spelled));
        participants := participants || ARRAY(
            SELECT x.participant_id FROM participant_positions x WHERE x.organization_id = ANY(spelled));
        awards := awards || ARRAY(SELECT x.id FROM awards x WHERE x.granted_by_id = ANY(spelled));
        facts := facts || ARRAY(
            SELECT x.report_id FROM report_organizers x WHERE x.organization_id = ANY(spelled)
            UNION ALL SELECT x.participant_report_id FROM report_positions x WHERE x.organization_id = ANY(spelled)
            UNION ALL SELECT x.id FROM directives x WHERE x.issued_by_id = ANY(spelled));
    END IF;
    IF named IS NOT NULL THEN
        participants := participants || ARRAY(SELECT x.id FROM participants x WHERE x.person_id = ANY(named));
        facts := facts || ARRAY(SELECT x.id FROM tasks x WHERE x.assigned_by_id = ANY(named));
    END IF;
    IF moved IS NOT NULL THEN
        participants := participants || ARRAY(SELECT x.id FROM participants x WHERE x.meeting_id = ANY(moved));
    END IF;
    IF facts IS NOT NULL THEN
        WITH said AS MATERIALIZED (
            SELECT f.id, f.kind, f.document_id
            FROM (SELECT DISTINCT id FROM unnest(facts) AS fact (id)) AS fact JOIN facts f ON f.id = fact.id
        )
        SELECT ARRAY(SELECT DISTINCT s.document_id FROM said s) AS documents,
            ARRAY(SELECT r.meeting_id FROM said s JOIN meeting_reports r ON r.id = s.id
                WHERE s.kind = 'MEETING_REPORT' AND r.meeting_id IS NOT NULL) AS meetings,
            ARRAY(SELECT r.participant_id FROM said s JOIN participant_reports r ON r.id = s.id
                WHERE s.kind = 'PARTICIPANT_REPORT' AND r.participant_id IS NOT NULL) AS participants,
            ARRAY(SELECT r.award_id FROM said s JOIN award_reports r ON r.id = s.id
                WHERE s.kind = 'AWARD_REPORT' AND r.award_id IS NOT NULL) AS awards,
            ARRAY(SELECT s.id FROM said s WHERE s.kind = 'TASK'
                -- a task's meeting is its report's
                UNION ALL SELECT t.id FROM said s JOIN tasks t ON t.report_id = s.id WHERE s.kind = 'MEETING_REPORT') AS tasks,
            ARRAY(SELECT s.id FROM said s WHERE s.kind = 'DIRECTIVE') AS directives
        INTO more;
        documents := documents || more.documents;
        meetings := meetings || more.meetings;
        participants := participants || more.participants;
        awards := awards || more.awards;
        tasks := tasks || more.tasks;
        directives := directives || more.directives;
    END IF;
    tasks := ARRAY(SELECT DISTINCT t.id FROM unnest(tasks) AS t (id));
    participants := ARRAY(SELECT DISTINCT t.id FROM unnest(participants) AS t (id));
    awards := ARRAY(SELECT DISTINCT t.id FROM unnest(awards) AS t (id));
    meetings := meetings
        || ARRAY(SELECT r.meeting_id FROM unnest(tasks) AS asked (id) JOIN tasks t ON t.id = asked.id
            JOIN meeting_reports r ON r.id = t.report_id WHERE r.meeting_id IS NOT NULL)
        || ARRAY(SELECT p.meeting_id FROM unnest(participants) AS asked (id) JOIN participants p ON p.id = asked.id)
        || ARRAY(SELECT a.meeting_id FROM unnest(awards) AS asked (id) JOIN awards a ON a.id = asked.id
            WHERE a.meeting_id IS NOT NULL);
    directives := ARRAY(SELECT DISTINCT t.id FROM unnest(directives) AS t (id));
    meetings := ARRAY(SELECT DISTINCT t.id FROM unnest(meetings) AS t (id));
    documents := ARRAY(SELECT DISTINCT t.id FROM unnest(documents) AS t (id));
END $$;

-- Ends a transaction that has touched something: numbers its changes, and tells who listens.
CREATE OR REPLACE FUNCTION record_changes() RETURNS trigger LANGUAGE plpgsql
    -- As in 0004: everything is looked up by key, whatever the tables' sizes were when the plan was made.
    SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET jit = off
    SET plan_cache_mode = force_generic_plan
AS $$
DECLARE
    -- each before those it stands in
    kinds CONSTANT text[] := ARRAY['ORGANIZATION', 'TASK', 'DIRECTIVE', 'PARTICIPANT', 'AWARD', 'PERSON', 'MEETING',
        'DOCUMENT'];
    touched record;
    of_kind text;
    ids uuid[];
    -- whose shares have changed, and by what
    owners uuid[] := '{}';
    shares bigint[] := '{}';
    told record;
    before bigint;
    latest bigint;
    moment timestamptz;
BEGIN
    DELETE FROM touching t WHERE t.transaction = NEW.transaction;
    IF NOT EXISTS (SELECT FROM pg_temp.touched_nodes) THEN
        RETURN NULL;
    END IF;
    SELECT v.number, greatest(clock_timestamp(), v.changed_at) INTO STRICT before, moment FROM data_version v FOR UPDATE;
    latest := before;
    SELECT * INTO touched FROM widened_touched();
    FOREACH of_kind IN ARRAY kinds LOOP
        ids := CASE of_kind WHEN 'ORGANIZATION' THEN touched.organizations WHEN 'TASK' THEN touched.tasks
            WHEN 'DIRECTIVE' THEN touched.directives WHEN 'PARTICIPANT' THEN touched.participants
            WHEN 'AWARD' THEN touched.awards WHEN 'PERSON' THEN touched.people WHEN 'MEETING' THEN touched.meetings
            ELSE touched.documents END;
        IF of_kind = 'PERSON' AND cardinality(owners) > 0 THEN
            -- A row that is not there yet is made as one of somebody who is not, and becomes a change below.
            INSERT INTO node_changes AS known (number, made_by, made_at, changed_at, id, kind, share)
            SELECT -(before + row_number() OVER ()), before, moment, moment, d.owner, 'PERSON', d.share
            FROM (SELECT o.owner, bit_xor(o.share) AS share FROM unnest(owners, shares) AS o (owner, share)
                GROUP BY o.owner ORDER BY o.owner) AS d
            ON CONFLICT (kind, id) DO UPDATE SET share = known.share # excluded.share;
            ids := ARRAY(SELECT unnest(ids) UNION SELECT unnest(owners));
        END IF;
        CONTINUE WHEN ids IS NULL OR cardinality(ids) = 0;
        WITH now AS MATERIALIZED (
            SELECT d.id, d.digest, d.owner, d.share, known.digest AS digest_was, known.owner AS owner_was,
                coalesce(known.share, 0) AS share_was
            FROM node_digests(of_kind, ids) d LEFT JOIN node_changes known ON known.kind = of_kind AND known.id = d.id
        ), differing AS MATERIALIZED (
            SELECT now.*, latest + row_number() OVER (ORDER BY now.id) AS number
            FROM now WHERE now.digest IS DISTINCT FROM now.digest_was
        ), written AS (
            INSERT INTO node_changes AS known (number, made_by, made_at, changed_at, id, digest, kind, owner, share)
            SELECT d.number, d.number, moment, moment, d.id, d.digest, of_kind, d.owner, d.share FROM differing d
            ON CONFLICT (kind, id) DO UPDATE SET number = excluded.number, changed_at = excluded.changed_at,
                digest = excluded.digest, owner = excluded.owner,
                share = CASE WHEN of_kind = 'PERSON' THEN known.share ELSE excluded.share END,
                made_by = CASE WHEN known.digest IS NULL THEN excluded.made_by ELSE known.made_by END,
                made_at = CASE WHEN known.digest IS NULL THEN excluded.made_at ELSE known.made_at END
        ), moved AS (
            -- of somebody else, or of another day, and else what it was
            UPDATE node_changes c SET owner = now.owner, share = now.share FROM now
            WHERE of_kind IN ('TASK', 'PARTICIPANT') AND c.kind = of_kind AND c.id = now.id AND now.digest = now.digest_was
                AND (now.owner, now.share) IS DISTINCT FROM (now.owner_was, now.share_was)
        ), gone AS (
            -- somebody who never was: noted for what was of them, and removed in the same transaction
            DELETE FROM node_changes c USING now
            WHERE of_kind = 'PERSON' AND c.kind = of_kind AND c.id = now.id AND now.digest IS NULL AND c.number < 0
        ), owned AS (
            SELECT o.owner, bit_xor(o.share) AS share
            FROM (SELECT now.owner, now.share FROM now UNION ALL SELECT now.owner_was, now.share_was FROM now) AS o
            WHERE of_kind IN ('TASK', 'PARTICIPANT') AND o.owner IS NOT NULL
            GROUP BY o.owner HAVING bit_xor(o.share) <> 0
        )
        SELECT (SELECT count(*) FROM differing) AS moved, (SELECT array_agg(o.owner ORDER BY o.owner) FROM owned o) AS owners,
            (SELECT array_agg(o.share ORDER BY o.owner) FROM owned o) AS shares INTO told;
        latest := latest + told.moved;
        owners := owners || told.owners;
        shares := shares || told.shares;
    END LOOP;
    IF touched.sentences AND latest = before THEN
        latest := before + 1;
    END IF;
    DELETE FROM pg_temp.touched_nodes;
    IF latest > before THEN
        UPDATE data_version SET number = latest, changed_at = moment;
        PERFORM pg_notify('hoinghi_changes', latest::text);
    END IF;
    RETURN NULL;
END $$;

-- The digests of what is there, so that the next load moves nothing by the new way of working them out: of what they are
-- of before what they are in, as above.
DO $$
DECLARE
    of_kind text;
    ids uuid[];
BEGIN
    SET LOCAL plan_cache_mode = force_custom_plan;
    FOREACH of_kind IN ARRAY ARRAY['ORGANIZATION', 'TASK', 'DIRECTIVE', 'PARTICIPANT', 'AWARD', 'PERSON', 'MEETING',
        'DOCUMENT'] LOOP
        IF of_kind = 'PERSON' THEN
            UPDATE node_changes c SET share = o.share
            FROM (SELECT n.owner, bit_xor(n.share) AS share FROM node_changes n WHERE n.owner IS NOT NULL GROUP BY n.owner) AS o
            WHERE c.kind = 'PERSON' AND c.id = o.owner;
        END IF;
        ids := ARRAY(SELECT c.id FROM node_changes c WHERE c.kind = of_kind AND c.digest IS NOT NULL);
        UPDATE node_changes c SET digest = d.digest, owner = d.owner,
            share = CASE WHEN of_kind = 'PERSON' THEN c.share ELSE d.share END
        FROM node_digests(of_kind, ids) d WHERE c.kind = of_kind AND c.id = d.id;
    END LOOP;
    RESET plan_cache_mode;
END $$;

DROP FUNCTION widen_touched();
DROP FUNCTION node_contents(text, uuid[]), evidence_contents(uuid[]), shown(organizations);

-- How often each name is mentioned with an office where, in which spelling (domain::NameScope): whom one more mention
-- means is told by it, without reading the mentions there are. Kept with the mentions, in the same transaction.
CREATE TABLE name_scopes (
    name_key text COLLATE "C" NOT NULL,
    -- a province's number, 0 for the country, -1 for what is not told; -2 stands for mentions that are not counted
    scope smallint NOT NULL,
    name text COLLATE "C" NOT NULL,
    count bigint NOT NULL CONSTRAINT name_scopes_count_positive CHECK (count > 0),
    CONSTRAINT name_scopes_pkey PRIMARY KEY (name_key, scope, name)
);
-- By which rules they were counted: one row at most.
CREATE TABLE name_scopes_rules (
    one boolean CONSTRAINT name_scopes_rules_pkey PRIMARY KEY DEFAULT true CONSTRAINT name_scopes_rules_one CHECK (one),
    version text NOT NULL
);
