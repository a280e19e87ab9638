-- The second layer: what is put together from all documents. One statement a table, in the order of meetings, so that
-- what belongs together lies together, as loading leaves it.
\set ON_ERROR_STOP on

-- People: two for each meeting. The first tenth of :n are officials, who are at fifty meetings each; of these, the first
-- ten are at far more.
INSERT INTO people (id, name, name_key)
SELECT bench.id('person', k), name, bench.name_key(name)
FROM generate_series(1, 2 * :n::bigint) AS k, LATERAL (SELECT bench.person_name(k) AS name OFFSET 0) AS named;

-- Bodies: 16 of each province, 12 of the country, and communes: one for every fifty meetings.
INSERT INTO organizations (id, name, name_key, province_id, scope)
SELECT bench.id('body', (kind - 1) * 63 + place), b.name || ' ' || p.name, bench.name_key(b.name || ' ' || p.name), p.id, ''
FROM bench.kinds_of_body b, bench.province_names p
UNION ALL
SELECT bench.id('body', 1008 + nth), name, bench.name_key(name), NULL, ''
FROM unnest(ARRAY['Ban Tuyên giáo Trung ương', 'Chính phủ', 'Chủ tịch nước', 'Thủ tướng Chính phủ', 'Bộ Nội vụ',
    'Bộ Giáo dục và Đào tạo', 'Bộ Y tế', 'Trung ương Hội Nông dân Việt Nam', 'Trung ương Đoàn', 'Văn phòng Quốc hội',
    'Tổng Liên đoàn Lao động Việt Nam', 'Ban Tổ chức Trung ương']) WITH ORDINALITY AS t (name, nth)
UNION ALL
SELECT bench.id('body', 1020 + k), named.name, bench.name_key(named.name), p.id, p.id || ' ' || k
FROM generate_series(1, :n::bigint / 50) AS k JOIN bench.province_names p ON p.place = 1 + k % 63,
    LATERAL (SELECT 'Đảng ủy xã ' || bench.pick('{Tân,Phú,Vĩnh,Long,Bình,Thạnh,Mỹ,Hưng,An,Hòa,Đông,Tây}', k, 41) || ' '
        || bench.pick('{Lộc,Thuận,Phước,Điền,Hiệp,Xuân,Trung,Khê,Sơn,Thành,Lợi,Hải}', k, 42) AS name OFFSET 0) AS named;

INSERT INTO meetings (id, title, kind, date, part_of_day, mode, level, venue, province_id, review_year, plan_year,
    site_count, site_count_qualifier, attendee_count, attendee_count_qualifier)
SELECT bench.id('meeting', i),
    form.word || ' ' || bench.pick('{"tổng kết công tác","sơ kết giữa năm về","triển khai nhiệm vụ","rút kinh nghiệm về","bàn giải pháp cho","biểu dương gương sáng trong"}', i, 52)
        || ' ' || bench.pick('{"xây dựng nông thôn mới","chuyển đổi số","phòng cháy rừng","dạy nghề cho thanh niên","đọc sách trong nhà trường","giữ nước mùa khô","an toàn giao thông","chăm sóc người cao tuổi","trồng cây đầu xuân","dân vận khéo","thi đua yêu nước","bảo tồn làng nghề"}', i, 53)
        || ' năm ' || extract(year FROM coalesce(day, date '2015-01-01'))::int || ' của ' || b.name || ' ' || p.name,
    form.kind, day,
    CASE bench.h(i, 54, 3) WHEN 0 THEN 'MORNING' WHEN 1 THEN 'AFTERNOON' END,
    CASE WHEN bench.has_sites(i) THEN CASE bench.h(i, 55, 2) WHEN 0 THEN 'HYBRID' ELSE 'ONLINE' END
         WHEN bench.h(i, 55, 2) = 0 THEN 'IN_PERSON' END,
    CASE WHEN bench.h(i, 56, 100) < 3 THEN 'NATIONAL' WHEN bench.h(i, 56, 100) < 75 THEN 'PROVINCIAL'
         WHEN bench.h(i, 56, 100) < 95 THEN 'DISTRICT' END,
    CASE WHEN bench.h(i, 57, 3) > 0 THEN
        bench.pick('{"Hội trường lớn","Trung tâm Hội nghị","Nhà Văn hóa Thanh niên","Trường Chính trị","Thư viện tỉnh"}', i, 58) || ' ' || p.name END,
    p.id, extract(year FROM day)::int, CASE WHEN bench.h(i, 59, 2) = 0 THEN extract(year FROM day)::int + 1 END,
    sites, CASE WHEN sites IS NOT NULL THEN 'EXACT' END,
    attendees, CASE WHEN attendees IS NOT NULL THEN bench.pick('{EXACT,MORE_THAN,NEARLY}', i, 60) END
FROM generate_series(1, :n::bigint) AS i
    JOIN bench.province_names p ON p.id = bench.province(i)
    JOIN bench.kinds_of_body b ON b.kind = 1 + bench.h(i, 61, 16),
    LATERAL (SELECT bench.day(i) AS day, CASE WHEN bench.has_sites(i) THEN 3 + bench.h(i, 62, 60) END AS sites,
        CASE WHEN bench.h(i, 63, 2) = 0 THEN 10 * (3 + bench.h(i, 64, 40)) END AS attendees,
        1 + least(bench.h(i, 65, 20), 10) AS form_at OFFSET 0) AS x
    JOIN LATERAL (SELECT (ARRAY['TRAINING', 'TRAINING', 'CEREMONY', 'CEREMONY', 'BRIEFING', 'SEMINAR', 'WORKING_SESSION',
            'CONFERENCE', 'CONFERENCE', 'CONFERENCE', 'CONFERENCE'])[form_at] AS kind,
        (ARRAY['Lớp tập huấn', 'Lớp bồi dưỡng', 'Lễ trao giải', 'Lễ phát động', 'Buổi giao ban', 'Hội thảo',
            'Buổi làm việc', 'Hội nghị trực tuyến', 'Hội nghị cán bộ', 'Hội nghị', 'Hội nghị'])[form_at] AS word) AS form ON true
ORDER BY i;

INSERT INTO meeting_organizers (meeting_id, role, ordinal, organization_id)
SELECT bench.id('meeting', i), 'ORGANIZER', 1, bench.id('body', bench.h(i, 61, 16) * 63 + p.place)
FROM generate_series(1, :n::bigint) AS i JOIN bench.province_names p ON p.id = bench.province(i)
UNION ALL
SELECT bench.id('meeting', i), 'CO_ORGANIZER', 1, bench.id('body', 1009 + bench.h(i, 71, 12))
FROM generate_series(1, :n::bigint) AS i WHERE bench.h(i, 72, 3) = 0;

INSERT INTO sites (meeting_id, ordinal, name, province_id)
SELECT bench.id('meeting', i), nth, p.name, p.id
FROM generate_series(1, :n::bigint) AS i, generate_series(1, 3) AS nth
    JOIN bench.province_names p ON true
WHERE bench.has_sites(i) AND p.place = 1 + (i + nth) % 63;

-- None, one or two.
INSERT INTO awards (id, meeting_id, name, granted_by_id, collective_count, individual_count, work_count, year)
SELECT bench.id('award', i * 4 + nth), bench.id('meeting', i),
    bench.pick('{"Bằng khen","Giấy khen","Cờ thi đua","Huân chương Lao động hạng Ba","Kỷ niệm chương","Giải Nhất","Giải Khuyến khích"}', i * 4 + nth, 111),
    bench.id('body', 1009 + bench.h(i * 4 + nth, 112, 12)), nullif(bench.h(i * 4 + nth, 113, 30), 0), nullif(bench.h(i * 4 + nth, 114, 60), 0),
    CASE WHEN bench.h(i * 4 + nth, 115, 10) = 0 THEN 1 + bench.h(i * 4 + nth, 116, 20) END, extract(year FROM bench.day(i))::int
FROM generate_series(1, :n::bigint) AS i, LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth;
INSERT INTO award_recipients (award_id, ordinal, name)
SELECT bench.id('award', i * 4 + nth), r, CASE r WHEN 1 THEN 'Tổ dân vận ' || p.name ELSE bench.person_name(i * 4 + nth) END
FROM generate_series(1, :n::bigint) AS i JOIN bench.province_names p ON p.place = 1 + i % 63,
    LATERAL generate_series(1, bench.h(i, 110, 3)) AS nth, LATERAL generate_series(1, bench.h(i * 4 + nth, 117, 3)) AS r;
