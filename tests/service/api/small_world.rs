//! A small world to ask about, of which a test knows every row; everything in it is invented.

use super::ask::Server;

/// Four meetings, three people and what belongs to them. Ids are md5 of what stands in a comment of
/// no row: the letter or name it is called here.
const WORLD: &[&str] = &[
    "INSERT INTO documents (id, slug, title, kind, text, content_hash, publisher, published_on)
     SELECT md5(slug)::uuid, slug, title, kind, 'chữ', decode(repeat('00', 32), 'hex'), publisher, published_on
     FROM (VALUES ('bai-1', 'Bài về gió', 'MEETING_REPORT', 'Báo Thử', '2021-12-24'::date),
                  ('bai-2', 'Bài về “gió” và mây', 'MEETING_REPORT', NULL, NULL),
                  ('bao-cao', 'Báo cáo năm', 'ACTIVITY_REPORT', 'Báo thử', '2022-01-15'))
          v (slug, title, kind, publisher, published_on)",
    "INSERT INTO organizations (id, name, name_key, province_id, scope)
     SELECT md5(name)::uuid, name, key, province, coalesce(province::text, '')
     FROM (VALUES ('Ban Gió', 'ban gió', NULL::smallint), ('Ủy ban nhân dân tỉnh', 'ủy ban nhân dân tỉnh', 96),
                  ('Sở Mây', 'sở mây', 96)) v (name, key, province)",
    "INSERT INTO people (id, name, name_key)
     SELECT md5(name)::uuid, name, key
     FROM (VALUES ('Lê Văn Hòa', 'lê văn hòa'), ('Đặng Thị Mẫu', 'đặng thị mẫu'), ('Lê Văn Hoa', 'lê văn hoa')) v (name, key)",
    "INSERT INTO meetings (id, title, kind, date, mode, level, venue, province_id, review_year, site_count, site_count_qualifier)
     SELECT md5(m)::uuid, title, kind, date, mode, level, venue, province, year, sites, CASE WHEN sites > 0 THEN 'MORE_THAN' END
     FROM (VALUES ('A', 'Hội nghị Tổng kết công tác gió', 'CONFERENCE', '2021-12-23'::date, 'ONLINE', 'NATIONAL', 'Hà Nội', 1::smallint, 2021::smallint, 900),
                  ('B', 'Tọa đàm – về mây', 'SEMINAR', '2021-05-01', NULL, 'PROVINCIAL', 'Cà Mau', 96, NULL, NULL),
                  ('C', 'Lớp tập huấn 100% mây_gió', 'TRAINING', NULL, 'HYBRID', NULL, NULL, NULL, 2020, NULL),
                  ('D', 'Giao ban «Hoà Bình»', 'BRIEFING', '2022-01-10', NULL, 'DISTRICT', NULL, 96, 2021, 3))
          v (m, title, kind, date, mode, level, venue, province, year, sites)",
    "INSERT INTO meeting_organizers (meeting_id, role, ordinal, organization_id)
     SELECT md5(m)::uuid, role, 1, md5(o)::uuid
     FROM (VALUES ('A', 'ORGANIZER', 'Ban Gió'), ('B', 'ORGANIZER', 'Sở Mây'), ('B', 'CO_ORGANIZER', 'Ban Gió')) v (m, role, o)",
    "INSERT INTO sites (meeting_id, ordinal, name, province_id) VALUES (md5('A')::uuid, 1, 'tỉnh Cà Mau', 96)",
    "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id, day)
     SELECT md5(m || name)::uuid, md5(m)::uuid, kind, name, n, CASE kind WHEN 'PERSON' THEN md5(name)::uuid END, roles::text[], site, province,
            (SELECT coalesce(x.date, '-infinity') FROM meetings x WHERE x.id = md5(m)::uuid)
     FROM (VALUES ('A', 1, 'PERSON', 'Lê Văn Hòa', '{CHAIR,SPEAKER}', 'tỉnh Cà Mau', 96::smallint),
                  ('A', 2, 'PERSON', 'Đặng Thị Mẫu', '{ATTENDEE}', NULL, NULL),
                  ('A', 3, 'GROUP', 'lãnh đạo các sở', '{ATTENDEE}', NULL, NULL),
                  ('B', 1, 'PERSON', 'Đặng Thị Mẫu', '{CHAIR}', NULL, NULL),
                  ('B', 2, 'PERSON', 'Lê Văn Hoa', '{ATTENDEE}', NULL, NULL),
                  ('D', 1, 'PERSON', 'Lê Văn Hòa', '{ATTENDEE}', NULL, NULL)) v (m, n, kind, name, roles, site, province)",
    "INSERT INTO participant_positions (participant_id, ordinal, title, organization_id)
     SELECT md5(p)::uuid, n, title, md5(o)::uuid
     FROM (VALUES ('ALê Văn Hòa', 1, 'Phó Chủ tịch Ủy ban nhân dân tỉnh', 'Ủy ban nhân dân tỉnh'),
                  ('DLê Văn Hòa', 1, 'Phó chủ tịch Uỷ ban nhân dân tỉnh', 'Ủy ban nhân dân tỉnh'),
                  ('BĐặng Thị Mẫu', 1, 'Giám đốc Sở Mây', 'Sở Mây')) v (p, n, title, o)",
    "INSERT INTO facts (id, document_id, kind, ordinal)
     SELECT md5(f)::uuid, md5(d)::uuid, kind, n
     FROM (VALUES ('A1', 'bai-1', 'MEETING_REPORT', 1), ('B1', 'bai-1', 'MEETING_REPORT', 2), ('A2', 'bai-2', 'MEETING_REPORT', 1),
                  ('đếm', 'bai-1', 'TASK', 1), ('trồng', 'bai-1', 'TASK', 2), ('vẽ', 'bao-cao', 'TASK', 1),
                  ('bằng', 'bai-1', 'AWARD_REPORT', 1), ('bằng lần nữa', 'bai-2', 'AWARD_REPORT', 1),
                  ('kết luận', 'bao-cao', 'DIRECTIVE', 1)) v (f, d, kind, n)",
    "INSERT INTO meeting_reports (id, meeting_id, title, kind)
     SELECT md5(r)::uuid, md5(m)::uuid, 'x', 'OTHER' FROM (VALUES ('A1', 'A'), ('B1', 'B'), ('A2', 'A')) v (r, m)",
    "INSERT INTO tasks (id, report_id, text, year, assigned_by_name, assigned_by_key, assigned_by_id)
     SELECT md5(t)::uuid, md5(r)::uuid, text, year, who, lower(who), md5(who)::uuid
     FROM (VALUES ('đếm', 'A1', 'Đếm mây đúng giờ', 2022::smallint, 'Lê Văn Hòa'), ('trồng', 'B1', 'Trồng cây', NULL, NULL),
                  ('vẽ', NULL, 'Vẽ bản đồ gió', 2023, NULL)) v (t, r, text, year, who)",
    "INSERT INTO awards (id, meeting_id, name, granted_by_id, collective_count, individual_count, year)
     SELECT md5(name)::uuid, md5(m)::uuid, name, md5(o)::uuid, collectives, individuals, year
     FROM (VALUES ('Bằng khen', 'A', 'Ban Gió', 36, 12, 2021::smallint), ('Giấy khen', 'B', 'Ban Gió', NULL, 3, NULL),
                  ('Cờ thi đua', NULL, 'Sở Mây', 5, NULL, 2022)) v (name, m, o, collectives, individuals, year)",
    "INSERT INTO award_reports (id, award_id, name) SELECT md5(r)::uuid, md5('Bằng khen')::uuid, 'Bằng khen'
     FROM (VALUES ('bằng'), ('bằng lần nữa')) v (r)",
    "INSERT INTO award_recipients (award_id, ordinal, name) VALUES (md5('Bằng khen')::uuid, 1, 'Đội Gió')",
    "INSERT INTO directives (id, code, issued_by_id, issued_on) VALUES (md5('kết luận')::uuid, '00-KL/BỊA', md5('Ban Gió')::uuid, '2020-01-01')",
];

/// A server over this world.
pub async fn world() -> Server {
    let server = Server::empty().await;
    for rows in WORLD {
        let done = sqlx::query(*rows).execute(&server.database.pool).await;
        done.unwrap_or_else(|error| panic!("{error}\n{rows}"));
    }
    server
}
