-- The first layer: what each document says. Every meeting has a report with all of it; every fifth a second, shorter one;
-- and some documents report no meeting. Where every fact stands in its document's text is right. What single reports say
-- of participants (two thirds of the first layer's rows), and documents' sentences for the search, are there for every
-- :share-th document only: all of them at sizes where there is room.
\set ON_ERROR_STOP on

CREATE UNLOGGED TABLE bench.docs AS
SELECT d, CASE WHEN d <= :n::bigint THEN d WHEN d <= :n::bigint + :n::bigint / 5 THEN (d - :n::bigint) * 5 END AS i,
    d > :n::bigint AS is_short
FROM generate_series(1, :n::bigint + :n::bigint / 5 + :n::bigint / 20) AS d;

-- The texts, and where their parts begin, in code points.
CREATE UNLOGGED TABLE bench.texts AS
SELECT i, names_at, tasks_at, tail_at, head || names || '.' || tasks || E'\n' || tail AS text, length(tail) AS tail_length
FROM (
    SELECT m.i, m.head, p.names, t.tasks, length(m.head) AS names_at, length(m.head) + length(p.names) + 1 AS tasks_at,
        length(m.head) + length(p.names) + 1 + length(t.tasks) + 1 AS tail_at,
        'Tại đây đã trao quà theo Kết luận ' || (1 + bench.h(m.i, 124, 99)) || '-KL/TW, với ' || (10 + bench.h(m.i, 125, 900)) || ' suất.' AS tail
    FROM (SELECT i, title || E'.\nDự có: ' AS head FROM generate_series(1, :n::bigint) AS i JOIN meetings ON meetings.id = bench.id('meeting', i)) AS m
        JOIN (SELECT i, string_agg(name, '; ' ORDER BY o) AS names FROM bench.present GROUP BY i) AS p USING (i),
        LATERAL (SELECT string_agg(E'\n- ' || bench.task_text(m.i * 8 + o) || '.', '' ORDER BY o) AS tasks FROM generate_series(1, 5) AS o) AS t
) AS parts;

INSERT INTO documents (id, slug, title, kind, publisher, url, published_on, text, content_hash, loaded_at)
SELECT bench.id('document', d), slug, coalesce(m.title, 'Tin tổng hợp số ' || d) || CASE WHEN is_short AND i IS NOT NULL THEN ' (tin vắn)' ELSE '' END,
    CASE WHEN i IS NOT NULL THEN 'MEETING_REPORT' WHEN d % 2 = 0 THEN 'ACTIVITY_REPORT' ELSE 'OTHER' END,
    bench.pick('{"Báo Ví dụ","Bản tin Tuyên giáo mẫu","Cổng thông tin mẫu","Đài Truyền thanh mẫu"}', d, 126),
    'https://bao.example/' || slug, coalesce(m.date, date '2016-01-01') + 1,
    coalesce(t.text, 'Bản tin số ' || d || E'.\nCăn cứ Kết luận ' || (1 + bench.h(d, 124, 99)) || '-KL/TW, toàn tỉnh đã tặng ' || (10 + bench.h(d, 125, 900)) || ' suất quà.'),
    sha256(convert_to(slug, 'UTF8')), timestamptz '2025-07-01 00:00+00'
FROM (SELECT d, i, is_short, 'tin-' || lpad(d::text, 8, '0') AS slug FROM bench.docs) AS x
    LEFT JOIN meetings m ON m.id = bench.id('meeting', i) LEFT JOIN bench.texts t USING (i)
ORDER BY d;

INSERT INTO facts (id, document_id, kind, ordinal)
SELECT bench.id('report', d), bench.id('document', d), 'MEETING_REPORT', 1 FROM bench.docs WHERE i IS NOT NULL;
INSERT INTO meeting_reports
SELECT bench.id('report', d), m.* FROM bench.docs JOIN meetings AS m0 ON m0.id = bench.id('meeting', i),
    LATERAL (SELECT m0.id, m0.title, m0.kind, m0.date, m0.part_of_day, m0.mode, m0.level, m0.venue, m0.province_id, m0.review_year, m0.plan_year,
        m0.site_count, m0.site_count_qualifier, m0.attendee_count, m0.attendee_count_qualifier) AS m ORDER BY d;
INSERT INTO report_organizers (report_id, role, ordinal, name, organization_id)
SELECT bench.id('report', d), x.role, x.ordinal, o.name, o.id FROM bench.docs
    JOIN meeting_organizers x ON x.meeting_id = bench.id('meeting', i) JOIN organizations o ON o.id = x.organization_id;
INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
SELECT bench.id('report', d), 1, 0, names_at - 9, 'meeting.named' FROM bench.docs JOIN bench.texts USING (i);

-- participants, as documents have them; a short report names three
CREATE UNLOGGED TABLE bench.said AS
SELECT d * 16 + o AS k, d, i, o, person, name,
    (sum(length(name) + 2) OVER (PARTITION BY i, d ORDER BY o) - length(name) - 2)::int AS at
FROM bench.docs JOIN bench.present USING (i) WHERE i % :share = 0 AND (o <= 3 OR NOT is_short);
INSERT INTO facts (id, document_id, kind, ordinal)
SELECT bench.id('said of participant', k), bench.id('document', d), 'PARTICIPANT_REPORT', o FROM bench.said;
INSERT INTO participant_reports (id, report_id, participant_id, kind, name, name_key, roles, site_name, site_province_id)
SELECT bench.id('said of participant', k), bench.id('report', d), p.id, p.kind, p.name,
    bench.name_key(p.name), p.roles, p.site_name, p.site_province_id
FROM bench.said s JOIN participants p ON p.id = bench.id('participant', i * 16 + o);
INSERT INTO report_positions (participant_report_id, ordinal, title, organization_name, organization_id)
SELECT bench.id('said of participant', k), x.ordinal, x.title, o.name, o.id
FROM bench.said s JOIN participant_positions x ON x.participant_id = bench.id('participant', s.i * 16 + s.o)
    LEFT JOIN organizations o ON o.id = x.organization_id;
INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
SELECT bench.id('said of participant', k), 1, names_at + at, names_at + at + length(name),
    CASE WHEN person IS NULL THEN 'group.attending' WHEN o = 1 THEN 'role.chair' ELSE 'role.attendee' END
FROM bench.said JOIN bench.texts USING (i);

-- the tasks of 3_tasks.sql
INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
SELECT bench.id('task', i * 8 + o), 1, at, at + length(task), 'task.list_item'
FROM bench.texts, LATERAL (
    SELECT o, task, (tasks_at + 3 + sum(length(task) + 4) OVER (ORDER BY o) - length(task) - 4)::int AS at
    FROM generate_series(1, 5) AS o, LATERAL (SELECT bench.task_text(i * 8 + o) AS task OFFSET 0) AS t) AS x;

INSERT INTO facts (id, document_id, kind, ordinal)
SELECT bench.id('said of award', d * 4 + nth), bench.id('document', d), 'AWARD_REPORT', nth
FROM bench.docs, LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth;
INSERT INTO award_reports (id, report_id, award_id, name, granted_by_name, granted_by_id, collective_count, individual_count, work_count, year)
SELECT bench.id('said of award', d * 4 + nth), bench.id('report', d), a.id, a.name, o.name, o.id,
    a.collective_count, a.individual_count, a.work_count, a.year
FROM bench.docs CROSS JOIN LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth
    JOIN awards a ON a.id = bench.id('award', i * 4 + nth) JOIN organizations o ON o.id = a.granted_by_id;
INSERT INTO award_report_recipients (award_report_id, ordinal, name)
SELECT bench.id('said of award', d * 4 + nth), r.ordinal, r.name
FROM bench.docs CROSS JOIN LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth
    JOIN award_recipients r ON r.award_id = bench.id('award', i * 4 + nth);
INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
SELECT bench.id('said of award', d * 4 + nth), 1, tail_at, tail_at + tail_length, 'award.given'
FROM bench.docs JOIN bench.texts USING (i), LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth;

CREATE TEMPORARY TABLE cites AS
SELECT d, coalesce(i, d) AS of, coalesce(tail_at, length('Bản tin số ' || d || '.') + 1) AS at, bench.h(d, 130, 3) = 0 OR i IS NULL AS directive,
    bench.h(d, 131, 2) = 0 OR i IS NULL AS figure
FROM bench.docs LEFT JOIN bench.texts USING (i);
INSERT INTO facts (id, document_id, kind, ordinal)
SELECT bench.id('directive', d), bench.id('document', d), 'DIRECTIVE', 1 FROM cites WHERE directive
UNION ALL SELECT bench.id('figure', d), bench.id('document', d), 'FIGURE', 1 FROM cites WHERE figure;
INSERT INTO directives (id, code, issued_by_name, issued_by_id, issued_on)
SELECT bench.id('directive', d), (1 + bench.h(of, 124, 99)) || '-KL/TW', o.name, o.id, date '2012-01-01' + bench.h(of, 132, 4000)::int
FROM cites JOIN organizations o ON o.id = bench.id('body', 1020) WHERE directive;
INSERT INTO figures (id, value, unit, qualifier)
SELECT bench.id('figure', d), 10 + bench.h(of, 125, 900), 'suất', 'EXACT' FROM cites WHERE figure;
INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
SELECT bench.id('directive', d), 1, at, at + 30, 'directive.code' FROM cites WHERE directive
UNION ALL SELECT bench.id('figure', d), 1, at, at + 30, 'figure.quantity' FROM cites WHERE figure;

INSERT INTO sentences (document_id, ordinal, start_at, end_at, words)
SELECT bench.id('document', d), number, start_at, start_at + length(line), search_words(line)
FROM bench.docs JOIN documents ON documents.id = bench.id('document', d), LATERAL (
    SELECT number, line, (sum(length(line) + 1) OVER (ORDER BY number) - length(line) - 1)::int AS start_at
    FROM unnest(string_to_array(text, E'\n')) WITH ORDINALITY AS lines (line, number)) AS x
WHERE d % :share = 0;
