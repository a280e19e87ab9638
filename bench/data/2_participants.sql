-- The second layer: who was at the meetings, and as what.
\set ON_ERROR_STOP on

-- Who is at which meeting: 8 to 12, ten on average; where each name stands in the report's text, counted from the first.
CREATE UNLOGGED TABLE bench.present AS
SELECT i, o::smallint, person,
    CASE WHEN person IS NULL THEN 'Đoàn đại biểu ' || (SELECT p.name FROM bench.province_names p WHERE p.place = 1 + i % 63)
         ELSE bench.person_name(person) END AS name
FROM generate_series(1, :n::bigint) AS i, LATERAL (
    SELECT o, CASE
        WHEN o > 7 AND o = 8 + bench.h(i, 80, 5) AND bench.h(i, 81, 3) = 0 THEN NULL
        -- one meeting in twenty has one of the ten whom everybody invites
        WHEN o = 1 AND bench.h(i, 82, 20) = 0 THEN 1 + bench.h(i, 83, 10)
        WHEN o <= 5 THEN 1 + (bench.h(i, 84, :n::bigint / 10) + (o - 1) * (:n::bigint / 50)) % (:n::bigint / 10)
        ELSE :n::bigint / 10 + 1 + (bench.h(i, 85, :n::bigint) + (o - 6) * (:n::bigint / 8)) % (2 * :n::bigint - :n::bigint / 10)
    END AS person
    FROM generate_series(1, 8 + bench.h(i, 80, 5)) AS o OFFSET 0) AS x;

INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id, day)
SELECT bench.id('participant', i * 16 + o), bench.id('meeting', i), CASE WHEN person IS NULL THEN 'GROUP' ELSE 'PERSON' END,
    x.name, o, CASE WHEN person IS NOT NULL THEN bench.id('person', person) END,
    CASE WHEN o = 1 THEN CASE bench.h(i, 91, 2) WHEN 0 THEN '{CHAIR}' ELSE '{CHAIR,SPEAKER}' END
         WHEN o = 2 THEN CASE bench.h(i, 92, 2) WHEN 0 THEN '{CO_CHAIR}' ELSE '{DIRECTING,SPEAKER}' END
         WHEN o <= 5 THEN (ARRAY['{SPEAKER}', '{PRESENTER}', '{AWARD_PRESENTER}', '{SPEAKER,AWARD_PRESENTER}'])[1 + bench.h(i * 16 + o, 93, 4)]
         ELSE (ARRAY['{ATTENDEE}', '{ATTENDEE}', '{ATTENDEE}', '{SPEAKER}'])[1 + bench.h(i * 16 + o, 94, 4)] END::text[],
    p.name, p.id, coalesce(bench.day(i), '-infinity')
FROM bench.present x LEFT JOIN bench.province_names p
    ON bench.has_sites(i) AND o > 4 AND bench.h(i * 16 + o, 95, 3) > 0 AND p.place = 1 + (i + 1 + bench.h(i * 16 + o, 96, 3)) % 63;

-- What they are: mostly one thing, sometimes two; of some nothing is said.
CREATE TABLE bench.offices AS
SELECT office::int, title, kind FROM (VALUES (1, 'Trưởng Ban Tuyên giáo Tỉnh ủy', 1), (2, 'Phó Trưởng Ban Tuyên giáo Tỉnh ủy', 1),
    (3, 'Chủ tịch Ủy ban nhân dân tỉnh', 2), (4, 'Phó Chủ tịch Ủy ban nhân dân tỉnh', 2), (5, 'Phó Chủ tịch Hội đồng nhân dân tỉnh', 3),
    (6, 'Giám đốc Sở Giáo dục và Đào tạo', 4), (7, 'Giám đốc Sở Y tế', 5), (8, 'Phó Giám đốc Sở Nội vụ', 6),
    (9, 'Chủ tịch Hội Nông dân tỉnh', 13), (10, 'Bí thư Tỉnh đoàn', 12), (11, 'Phó Giám đốc Công an tỉnh', 8),
    (12, 'Chủ tịch Liên đoàn Lao động tỉnh', 11), (13, 'Ủy viên Ban Thường vụ', NULL), (14, 'Bí thư Đảng ủy xã', 0)) AS t (office, title, kind);
INSERT INTO participant_positions (participant_id, ordinal, title, organization_id)
SELECT bench.id('participant', i * 16 + x.o), nth, f.title,
    CASE WHEN f.kind > 0 THEN bench.id('body', (f.kind - 1) * 63 + p.place)
         WHEN f.kind = 0 THEN bench.id('body', 1021 + bench.h(i * 16 + x.o, 101, :n::bigint / 50)) END
FROM bench.present x JOIN bench.province_names p ON p.id = bench.province(i)
    CROSS JOIN LATERAL generate_series(1, CASE WHEN bench.h(i * 16 + x.o, 102, 20) = 0 THEN 0 WHEN bench.h(i * 16 + x.o, 102, 20) < 3 THEN 2 ELSE 1 END) AS nth
    JOIN bench.offices f ON f.office = 1 + (bench.h(i * 16 + x.o, 103, 14) + nth - 1) % 14
WHERE person IS NOT NULL;
