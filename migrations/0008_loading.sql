-- What follows changes (0004), made cheap enough for hundreds of documents in one transaction, and for a person in
-- thousands of them. What is told is the same: a node has changed when its content has.
--
-- 1. A digest is no longer of a content written out as text: each piece of a content is hashed as it stands in its
--    columns, and a node's digest is the XOR of its pieces, in any order. 64 bits, because a digest is compared with
--    nothing but the one before it of the same node.
-- 2. A person's digest is kept up to date by what changes below it, instead of being worked out anew from all their
--    participations: each participant and task has a share in it.
-- 3. What stands at a place is known by a digest beside the place: no text is read for it.

-- The first 8 bytes of the quote's SHA-256, written with it; NULL where somebody wrote it without.
ALTER TABLE evidence ADD COLUMN quote bytea;
-- Nothing has changed by it.
ALTER TABLE evidence DISABLE TRIGGER USER;
UPDATE evidence e SET quote = substr(sha256(convert_to(substr(d.text, e.start_at + 1, e.end_at - e.start_at), 'UTF8')), 1, 8)
FROM facts f JOIN documents d ON d.id = f.document_id WHERE f.id = e.fact_id;
ALTER TABLE evidence ENABLE TRIGGER USER;

-- Of a participant or a task, whose content they are a part of (a person's), and how; of a person, all these together.
ALTER TABLE node_changes ADD COLUMN owner uuid, ADD COLUMN share bigint NOT NULL DEFAULT 0;

-- As in 0004, but each node is noted once a statement, and people are left to the shares.
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
        ('tasks', $r$('TASK', r.id), ('FACT', r.id), ('FACT', r.report_id)$r$, NULL),
        ('award_reports', $r$('FACT', r.id), ('AWARD', r.award_id)$r$, NULL),
        ('award_report_recipients', $r$('FACT', r.award_report_id)$r$, NULL),
        ('directives', $r$('DIRECTIVE', r.id), ('FACT', r.id)$r$, NULL),
        ('figures', $r$('FACT', r.id)$r$, NULL),
        ('meetings', $r$('MEETING', r.id)$r$, $r$('MEETING_DAY', r.id)$r$),
        ('meeting_organizers', $r$('MEETING', r.meeting_id)$r$, NULL),
        ('sites', $r$('MEETING', r.meeting_id)$r$, NULL),
        ('participants', $r$('PARTICIPANT', r.id), ('MEETING', r.meeting_id)$r$, NULL),
        ('participant_positions', $r$('PARTICIPANT', r.participant_id)$r$, NULL),
        ('people', $r$('PERSON', r.id)$r$, $r$('PERSON_NAME', r.id)$r$),
        ('organizations', $r$('ORGANIZATION', r.id)$r$, $r$('ORGANIZATION_NAME', r.id)$r$),
        ('awards', $r$('AWARD', r.id), ('MEETING', r.meeting_id)$r$, NULL),
        ('award_recipients', $r$('AWARD', r.award_id)$r$, NULL),
        -- what search finds in sentences is part of no node, but answers are kept by the data's version
        ('sentences', $r$('SENTENCES', r.document_id)$r$, NULL)
    ) AS parts (of_table, nodes, if_changed)
    LOOP
        EXECUTE format($function$
            CREATE OR REPLACE FUNCTION touch_%1$s() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
                -- One condition inside the other: an INSERT has no table of rows that are gone to ask about.
                IF TG_OP <> 'INSERT' THEN
                    IF EXISTS (SELECT FROM gone) THEN
                        PERFORM begin_touching();
                        INSERT INTO pg_temp.touched_nodes SELECT DISTINCT node.kind, node.id
                        FROM gone AS r CROSS JOIN LATERAL (VALUES %2$s) AS node (kind, id) WHERE node.id IS NOT NULL;
                    END IF;
                END IF;
                IF TG_OP <> 'DELETE' THEN
                    IF EXISTS (SELECT FROM made) THEN
                        PERFORM begin_touching();
                        INSERT INTO pg_temp.touched_nodes SELECT DISTINCT node.kind, node.id
                        FROM made AS r CROSS JOIN LATERAL (VALUES %2$s) AS node (kind, id) WHERE node.id IS NOT NULL;
                        IF TG_OP = 'UPDATE' AND %4$s THEN
                            INSERT INTO pg_temp.touched_nodes SELECT DISTINCT node.kind, node.id
                            FROM made AS r CROSS JOIN LATERAL (VALUES %3$s) AS node (kind, id)
                            WHERE node.id IS NOT NULL;
                        END IF;
                    END IF;
                END IF;
                RETURN NULL;
            END $body$
            $function$, part.of_table, part.nodes, coalesce(part.if_changed, '(NULL::text, NULL::uuid)'),
            (part.if_changed IS NOT NULL)::text);
    END LOOP;
END $$;
DROP FUNCTION count_sentences() CASCADE;
CREATE TRIGGER touched_by_insert AFTER INSERT ON sentences REFERENCING NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION touch_sentences();
CREATE TRIGGER touched_by_update AFTER UPDATE ON sentences REFERENCING OLD TABLE AS gone NEW TABLE AS made
    FOR EACH STATEMENT EXECUTE FUNCTION touch_sentences();
CREATE TRIGGER touched_by_delete AFTER DELETE ON sentences REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION touch_sentences();

-- The pieces of the contents of those of these nodes that are there, each hashed. Piece 1 is what each has, the others
-- are lists. What is below a node and a node itself stands in it by its digest. Evidence is hashed by `places`.
CREATE FUNCTION node_pieces(of_kind text, ids uuid[]) RETURNS TABLE (id uuid, part int, hash bigint)
LANGUAGE plpgsql STABLE AS $$
#variable_conflict use_column
BEGIN
    IF of_kind = 'ORGANIZATION' THEN
        RETURN QUERY SELECT o.id, 1, hash_record_extended(ROW(o.id, o.name, o.province_id), 1)
        FROM unnest(ids) AS asked (id) JOIN organizations o ON o.id = asked.id;
    ELSIF of_kind = 'TASK' THEN
        RETURN QUERY
        SELECT t.id, 1, hash_record_extended(ROW(f.document_id, f.ordinal, t.text, t.year, t.assigned_by_id,
            t.assigned_by_name, n.name, m.meeting_id), 1)
        FROM unnest(ids) AS asked (id) JOIN tasks t ON t.id = asked.id JOIN facts f ON f.id = t.id
            LEFT JOIN meeting_reports m ON m.id = t.report_id LEFT JOIN people n ON n.id = t.assigned_by_id
        UNION ALL SELECT e.fact_id, 2, hash_record_extended(ROW(e.ordinal, e.start_at, e.end_at, e.rule, e.quote), 2)
        FROM unnest(ids) AS asked (id) JOIN evidence e ON e.fact_id = asked.id;
    ELSIF of_kind = 'DIRECTIVE' THEN
        RETURN QUERY
        SELECT x.id, 1, hash_record_extended(ROW(f.document_id, x.code, x.issued_by_name, o.id, o.name, o.province_id,
            x.issued_on), 1)
        FROM unnest(ids) AS asked (id) JOIN directives x ON x.id = asked.id JOIN facts f ON f.id = x.id
            LEFT JOIN organizations o ON o.id = x.issued_by_id
        UNION ALL SELECT e.fact_id, 2, hash_record_extended(ROW(e.ordinal, e.start_at, e.end_at, e.rule, e.quote), 2)
        FROM unnest(ids) AS asked (id) JOIN evidence e ON e.fact_id = asked.id;
    ELSIF of_kind = 'PARTICIPANT' THEN
        RETURN QUERY
        SELECT p.id, 1, hash_record_extended(ROW(p.meeting_id, p.kind, p.name, p.person_id, n.name, p.roles,
            p.site_name, p.site_province_id), 1)
        FROM unnest(ids) AS asked (id) JOIN participants p ON p.id = asked.id LEFT JOIN people n ON n.id = p.person_id
        UNION ALL SELECT x.participant_id, 2, hash_record_extended(ROW(x.ordinal, x.title, o.id, o.name,
            o.province_id), 2)
        FROM unnest(ids) AS asked (id) JOIN participant_positions x ON x.participant_id = asked.id
            LEFT JOIN organizations o ON o.id = x.organization_id;
        -- what single documents say of them
        RETURN QUERY
        WITH said AS MATERIALIZED (
            SELECT r.* FROM unnest(ids) AS asked (id) JOIN participant_reports r ON r.participant_id = asked.id
        )
        SELECT r.participant_id, 3, hash_record_extended(ROW(r.id, r.report_id, r.kind, r.name, r.name_key, r.roles,
            r.site_name, r.site_province_id), 3) FROM said r
        UNION ALL SELECT r.participant_id, 4, hash_record_extended(ROW(r.id, x.ordinal, x.title, x.organization_name,
            o.id, o.name, o.province_id), 4)
        FROM said r JOIN report_positions x ON x.participant_report_id = r.id
            LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT r.participant_id, 5, hash_record_extended(ROW(r.id, e.ordinal, e.start_at, e.end_at, e.rule,
            e.quote), 5)
        FROM said r JOIN evidence e ON e.fact_id = r.id;
    ELSIF of_kind = 'AWARD' THEN
        RETURN QUERY
        SELECT a.id, 1, hash_record_extended(ROW(a.meeting_id, a.name, o.id, o.name, o.province_id,
            a.collective_count, a.individual_count, a.work_count, a.year), 1)
        FROM unnest(ids) AS asked (id) JOIN awards a ON a.id = asked.id
            LEFT JOIN organizations o ON o.id = a.granted_by_id
        UNION ALL SELECT x.award_id, 2, hash_record_extended(ROW(x.ordinal, x.name), 2)
        FROM unnest(ids) AS asked (id) JOIN award_recipients x ON x.award_id = asked.id
        UNION ALL SELECT r.award_id, 3, hash_record_extended(ROW(r.id, e.ordinal, e.start_at, e.end_at, e.rule,
            e.quote), 3)
        FROM unnest(ids) AS asked (id) JOIN award_reports r ON r.award_id = asked.id
            JOIN evidence e ON e.fact_id = r.id;
    ELSIF of_kind = 'MEETING' THEN
        RETURN QUERY
        SELECT m.id, 1, hash_record_extended(ROW(m.title, m.kind, m.date, m.part_of_day, m.mode, m.level, m.venue,
            m.province_id, m.review_year, m.plan_year, m.site_count, m.site_count_qualifier, m.attendee_count,
            m.attendee_count_qualifier), 1)
        FROM unnest(ids) AS asked (id) JOIN meetings m ON m.id = asked.id
        UNION ALL SELECT x.meeting_id, 2, hash_record_extended(ROW(x.role, x.ordinal, o.id, o.name, o.province_id), 2)
        FROM unnest(ids) AS asked (id) JOIN meeting_organizers x ON x.meeting_id = asked.id
            JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT x.meeting_id, 3, hash_record_extended(ROW(x.ordinal, x.name, x.province_id), 3)
        FROM unnest(ids) AS asked (id) JOIN sites x ON x.meeting_id = asked.id
        UNION ALL SELECT p.meeting_id, 4, hash_record_extended(ROW(p.ordinal, p.id, c.digest), 4)
        FROM unnest(ids) AS asked (id) JOIN participants p ON p.meeting_id = asked.id
            LEFT JOIN node_changes c ON c.kind = 'PARTICIPANT' AND c.id = p.id
        UNION ALL SELECT a.meeting_id, 5, hash_record_extended(ROW(a.id, c.digest), 5)
        FROM unnest(ids) AS asked (id) JOIN awards a ON a.meeting_id = asked.id
            LEFT JOIN node_changes c ON c.kind = 'AWARD' AND c.id = a.id;
        -- what single documents say of it
        RETURN QUERY
        WITH said AS MATERIALIZED (
            SELECT f.document_id, r.* FROM unnest(ids) AS asked (id) JOIN meeting_reports r ON r.meeting_id = asked.id
                JOIN facts f ON f.id = r.id
        )
        SELECT r.meeting_id, 6, hash_record_extended(ROW(r.document_id, r.id, r.title, r.kind, r.date, r.part_of_day,
            r.mode, r.level, r.venue, r.province_id, r.review_year, r.plan_year, r.site_count, r.site_count_qualifier,
            r.attendee_count, r.attendee_count_qualifier), 6) FROM said r
        UNION ALL SELECT r.meeting_id, 7, hash_record_extended(ROW(r.id, x.role, x.ordinal, x.name, o.id, o.name,
            o.province_id), 7)
        FROM said r JOIN report_organizers x ON x.report_id = r.id LEFT JOIN organizations o ON o.id = x.organization_id
        UNION ALL SELECT r.meeting_id, 8, hash_record_extended(ROW(t.id, c.digest), 8)
        FROM said r JOIN tasks t ON t.report_id = r.id LEFT JOIN node_changes c ON c.kind = 'TASK' AND c.id = t.id
        UNION ALL SELECT r.meeting_id, 9, hash_record_extended(ROW(r.id, e.ordinal, e.start_at, e.end_at, e.rule,
            e.quote), 9)
        FROM said r JOIN evidence e ON e.fact_id = r.id;
    ELSIF of_kind = 'DOCUMENT' THEN
        RETURN QUERY
        SELECT d.id, 1, hash_record_extended(ROW(d.slug, d.title, d.kind, d.publisher, d.url, d.published_on,
            hashtextextended(d.text, 1)), 1)
        FROM unnest(ids) AS asked (id) JOIN documents d ON d.id = asked.id;
        RETURN QUERY
        WITH said AS MATERIALIZED (
            SELECT f.* FROM unnest(ids) AS asked (id) JOIN facts f ON f.document_id = asked.id
        )
        SELECT f.document_id, 2, hash_record_extended(ROW(f.kind, f.ordinal, f.id), 2) FROM said f
        UNION ALL SELECT f.document_id, 11, hash_record_extended(ROW(f.id, c.digest), 11)
        FROM said f JOIN node_changes c ON c.kind = f.kind AND c.id = f.id WHERE f.kind IN ('TASK', 'DIRECTIVE')
        UNION ALL SELECT f.document_id, 3, hash_record_extended(ROW(r.id, r.meeting_id, r.title, r.kind, r.date,
            r.part_of_day, r.mode, r.level, r.venue, r.province_id, r.review_year, r.plan_year, r.site_count,
            r.site_count_qualifier, r.attendee_count, r.attendee_count_qualifier), 3)
        FROM said f JOIN meeting_reports r ON r.id = f.id WHERE f.kind = 'MEETING_REPORT'
        UNION ALL SELECT f.document_id, 4, hash_record_extended(ROW(f.id, x.role, x.ordinal, x.name, o.id, o.name,
            o.province_id), 4)
        FROM said f JOIN report_organizers x ON x.report_id = f.id LEFT JOIN organizations o ON o.id = x.organization_id
        WHERE f.kind = 'MEETING_REPORT'
        UNION ALL SELECT f.document_id, 5, hash_record_extended(ROW(r.id, r.report_id, r.participant_id, r.kind, r.name,
            r.name_key, r.roles, r.site_name, r.site_province_id), 5)
        FROM said f JOIN participant_reports r ON r.id = f.id WHERE f.kind = 'PARTICIPANT_REPORT'
        UNION ALL SELECT f.document_id, 6, hash_record_extended(ROW(f.id, x.ordinal, x.title, x.organization_name, o.id,
            o.name, o.province_id), 6)
        FROM said f JOIN report_positions x ON x.participant_report_id = f.id
            LEFT JOIN organizations o ON o.id = x.organization_id
        WHERE f.kind = 'PARTICIPANT_REPORT'
        UNION ALL SELECT f.document_id, 7, hash_record_extended(ROW(r.id, r.report_id, r.award_id, r.name,
            r.granted_by_name, r.granted_by_id, r.collective_count, r.individual_count, r.work_count, r.year), 7)
        FROM said f JOIN award_reports r ON r.id = f.id WHERE f.kind = 'AWARD_REPORT'
        UNION ALL SELECT f.document_id, 8, hash_record_extended(ROW(f.id, x.ordinal, x.name), 8)
        FROM said f JOIN award_report_recipients x ON x.award_report_id = f.id WHERE f.kind = 'AWARD_REPORT'
        UNION ALL SELECT f.document_id, 9, hash_record_extended(ROW(x.id, x.value, x.unit, x.qualifier), 9)
        FROM said f JOIN figures x ON x.id = f.id WHERE f.kind = 'FIGURE'
        -- the text is here, so places in it need no quote
        UNION ALL SELECT f.document_id, 10, hash_record_extended(ROW(e.fact_id, e.ordinal, e.start_at, e.end_at,
            e.rule), 10)
        FROM said f JOIN evidence e ON e.fact_id = f.id;
    END IF;
END $$;
