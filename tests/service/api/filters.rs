//! What filters find: a small invented world, and for each filter who is found in it.

use serde_json::{Value, json};

use super::ask::Server;

/// Four meetings, three people and what belongs to them; everything invented. Ids are md5 of what stands in a comment of
/// no row: the letter or name it is called here.
pub const WORLD: &[&str] = &[
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
    "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id)
     SELECT md5(m || name)::uuid, md5(m)::uuid, kind, name, n, CASE kind WHEN 'PERSON' THEN md5(name)::uuid END, roles::text[], site, province
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

/// What rows of a list are told apart by.
fn label(list: &str) -> &str {
    match list {
        "meetings" => "title",
        "documents" => "slug",
        "tasks" => "text",
        _ => "name",
    }
}

/// Who is found, sorted; a participant's name once for each meeting.
async fn found(server: &Server, list: &str, filter: &Value) -> Vec<String> {
    let label = label(list);
    let of = format!("{}{}Filter", list[..1].to_uppercase(), list[1..].trim_end_matches('s'))
        .replace("PeopleFilter", "PersonFilter");
    let query = format!("query ($filter: {of}) {{ {list}(filter: $filter) {{ totalCount nodes {{ {label} }} }} }}");
    let reply = server.post(&json!({ "query": query, "variables": { "filter": filter } })).await.json();
    assert!(reply.get("errors").is_none(), "{list} {filter}\n{reply:#}");
    let found = &reply["data"][list];
    let nodes = found["nodes"].as_array().unwrap();
    assert_eq!(found["totalCount"], json!(nodes.len()), "{list} {filter}");
    let mut names: Vec<String> = nodes.iter().map(|node| node[label].as_str().unwrap().to_owned()).collect();
    names.sort();
    names
}

const A: &str = "Hội nghị Tổng kết công tác gió";
const B: &str = "Tọa đàm – về mây";
const C: &str = "Lớp tập huấn 100% mây_gió";
const D: &str = "Giao ban «Hoà Bình»";
const HÒA: &str = "Lê Văn Hòa";
const HOA: &str = "Lê Văn Hoa";
const MẪU: &str = "Đặng Thị Mẫu";

#[tokio::test]
async fn find_who_meets_them_and_nobody_else() {
    let server = world().await;
    let id = async |kind: &str, name: &str| {
        let uuid: String =
            sqlx::query_scalar("SELECT md5($1)::uuid::text").bind(name).fetch_one(&server.database.pool).await.unwrap();
        format!("{kind}:{uuid}")
    };
    let (hòa, ban, a) = (id("Person", HÒA).await, id("Organization", "Ban Gió").await, id("Meeting", "A").await);
    let cases: Vec<(&str, Value, Vec<&str>)> = vec![
        // Nothing asked for is met by all.
        ("meetings", json!({}), vec![A, B, C, D]),
        ("meetings", json!(null), vec![A, B, C, D]),
        ("meetings", json!({ "title": {}, "date": null, "and": [], "participants": {} }), vec![A, B, C, D]),
        // Text: without case, marks, the place of the tone; with plain quotes, dashes; wildcards are letters.
        ("meetings", json!({ "title": { "contains": "TONG KET" } }), vec![A]),
        ("meetings", json!({ "title": { "contains": "tổng kết" } }), vec![A]),
        ("meetings", json!({ "title": { "contains": "to\u{302}\u{309}ng" } }), vec![A]),
        ("meetings", json!({ "title": { "contains": "hòa bình" } }), vec![D]),
        ("meetings", json!({ "title": { "contains": "\"hoa binh\"" } }), vec![D]),
        ("meetings", json!({ "title": { "contains": "dam - ve" } }), vec![B]),
        ("meetings", json!({ "title": { "contains": "%" } }), vec![C]),
        ("meetings", json!({ "title": { "contains": "_" } }), vec![C]),
        ("meetings", json!({ "title": { "contains": "\\" } }), vec![]),
        ("meetings", json!({ "title": { "contains": "0% m" } }), vec![C]),
        ("meetings", json!({ "title": { "contains": "" } }), vec![A, B, C, D]),
        ("meetings", json!({ "title": { "startsWith": "hoi nghi" } }), vec![A]),
        ("meetings", json!({ "title": { "startsWith": "nghị" } }), vec![]),
        ("meetings", json!({ "title": { "eq": "toa dam - ve may" } }), vec![B]),
        ("meetings", json!({ "title": { "ne": "toa dam - ve may" } }), vec![A, C, D]),
        ("meetings", json!({ "title": { "in": ["TOẠ ĐÀM – VỀ MÂY", B, "không có"] } }), vec![B]),
        ("people", json!({ "name": { "eq": "le van hoa" } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "eq": "Lê Văn Hoà" } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "startsWith": "dang" } }), vec![MẪU]),
        ("people", json!({ "name": { "contains": "văn" } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "in": ["Đặng  Thị Mẫu", "x"] } }), vec![MẪU]),
        ("organizations", json!({ "name": { "eq": "UBND tỉnh" } }), vec!["Ủy ban nhân dân tỉnh"]),
        ("organizations", json!({ "name": { "contains": "uy ban" } }), vec!["Ủy ban nhân dân tỉnh"]),
        ("documents", json!({ "slug": { "startsWith": "bai-" } }), vec!["bai-1", "bai-2"]),
        ("documents", json!({ "slug": { "eq": "BAI-1" } }), vec![]),
        ("documents", json!({ "title": { "contains": "\"gio\"" } }), vec!["bai-2"]),
        ("documents", json!({ "publisher": { "eq": "báo thử" } }), vec!["bai-1", "bao-cao"]),
        // Values of each type.
        ("meetings", json!({ "date": { "gte": "2021-05-01", "lt": "2021-12-23" } }), vec![B]),
        ("meetings", json!({ "date": { "gt": "2021-05-01", "lte": "2021-12-23" } }), vec![A]),
        ("meetings", json!({ "date": { "lt": "9999-12-31" } }), vec![A, B, D]),
        ("meetings", json!({ "date": { "in": ["2021-05-01", "2022-01-10"] } }), vec![B, D]),
        ("meetings", json!({ "siteCount": { "gt": 3 } }), vec![A]),
        ("meetings", json!({ "kind": { "ne": "SEMINAR" }, "level": { "in": ["NATIONAL", "PROVINCIAL"] } }), vec![A]),
        (
            "documents",
            json!({ "loadedAt": { "gt": "2020-01-01T00:00:00Z" }, "kind": { "eq": "ACTIVITY_REPORT" } }),
            vec!["bao-cao"],
        ),
        ("participants", json!({ "roles": { "eq": "SPEAKER" } }), vec![HÒA]),
        ("participants", json!({ "roles": { "in": ["SPEAKER", "CHAIR"] } }), vec![HÒA, MẪU]),
        ("participants", json!({ "roles": { "hasAll": ["SPEAKER", "CHAIR"] } }), vec![HÒA]),
        ("participants", json!({ "roles": { "ne": "ATTENDEE" }, "kind": { "eq": "PERSON" } }), vec![HÒA, MẪU]),
        ("participants", json!({ "roles": { "in": [] } }), vec![]),
        ("meetings", json!({ "id": { "eq": a } }), vec![A]),
        ("meetings", json!({ "id": { "ne": a } }), vec![B, C, D]),
        // What is absent meets nothing but isNull; so `not` of anything else holds for it.
        ("meetings", json!({ "mode": { "isNull": true } }), vec![B, D]),
        ("meetings", json!({ "mode": { "isNull": false } }), vec![A, C]),
        ("meetings", json!({ "mode": { "ne": "ONLINE" } }), vec![C]),
        ("meetings", json!({ "not": { "mode": { "eq": "ONLINE" } } }), vec![B, C, D]),
        ("meetings", json!({ "not": { "not": { "mode": { "eq": "ONLINE" } } } }), vec![A]),
        ("meetings", json!({ "not": { "mode": { "ne": "ONLINE" } } }), vec![A, B, D]),
        ("meetings", json!({ "not": { "date": { "gte": "2021-12-23" } } }), vec![B, C]),
        (
            "meetings",
            json!({ "not": { "or": [{ "mode": { "eq": "ONLINE" } }, { "reviewYear": { "eq": 2020 } }] } }),
            vec![B, D],
        ),
        ("meetings", json!({ "not": {} }), vec![]),
        ("meetings", json!({ "venue": { "isNull": true } }), vec![C, D]),
        // Joined.
        ("meetings", json!({ "or": [{ "kind": { "eq": "SEMINAR" } }, { "reviewYear": { "eq": 2020 } }] }), vec![B, C]),
        ("meetings", json!({ "or": [] }), vec![]),
        ("meetings", json!({ "or": { "kind": { "eq": "SEMINAR" } } }), vec![B]),
        (
            "meetings",
            json!({ "and": [{ "title": { "contains": "gio" } }, { "title": { "contains": "may" } }] }),
            vec![C],
        ),
        (
            "meetings",
            json!({ "level": { "eq": "DISTRICT" }, "or": [{ "date": { "isNull": true } }, { "reviewYear": { "eq": 2021 } }] }),
            vec![D],
        ),
        // Through relations, to one and to many.
        ("meetings", json!({ "province": { "code": { "eq": "96" } } }), vec![B, D]),
        ("meetings", json!({ "province": { "name": { "eq": "ca mau" } } }), vec![B, D]),
        ("meetings", json!({ "not": { "province": {} } }), vec![C]),
        (
            "meetings",
            json!({ "participants": { "some": { "person": { "id": { "eq": hòa } }, "roles": { "eq": "CHAIR" } } } }),
            vec![A],
        ),
        (
            "meetings",
            json!({ "participants": { "some": { "person": { "id": { "eq": hòa } } }, "none": { "roles": { "eq": "CHAIR" } } } }),
            vec![D],
        ),
        ("meetings", json!({ "participants": { "none": {} } }), vec![C]),
        ("meetings", json!({ "participants": { "every": { "kind": { "eq": "PERSON" } } } }), vec![B, C, D]),
        ("meetings", json!({ "participants": { "some": {}, "every": { "not": { "site": {} } } } }), vec![B, D]),
        ("meetings", json!({ "tasks": { "some": { "assignedBy": { "name": { "contains": "hoa" } } } } }), vec![A]),
        ("meetings", json!({ "organizers": { "some": { "id": { "eq": ban } } } }), vec![A]),
        ("meetings", json!({ "coOrganizers": { "some": { "id": { "eq": ban } } } }), vec![B]),
        ("meetings", json!({ "sites": { "some": { "province": { "code": { "eq": "96" } } } } }), vec![A]),
        ("meetings", json!({ "documents": { "some": { "slug": { "eq": "bai-2" } } } }), vec![A]),
        ("meetings", json!({ "awards": { "some": { "collectiveCount": { "gte": 36 } } } }), vec![A]),
        // Whoever a meeting led together with whom, and back to the same tables.
        (
            "meetings",
            json!({ "participants": { "some": { "person": { "participations": { "some": { "roles": { "eq": "CHAIR" },
            "meeting": { "kind": { "eq": "SEMINAR" } } } } } } } }),
            vec![A, B],
        ),
        (
            "people",
            json!({ "participations": { "some": { "site": { "name": { "contains": "ca mau" } },
            "meeting": { "date": { "gte": "2021-01-01", "lte": "2021-12-31" }, "tasks": { "some": {} } } } } }),
            vec![HÒA],
        ),
        ("people", json!({ "assignedTasks": { "some": { "year": { "eq": 2022 } } } }), vec![HÒA]),
        (
            "people",
            json!({ "participations": { "every": { "meeting": { "date": { "lt": "2022-01-01" } } } } }),
            vec![HOA, MẪU],
        ),
        ("participants", json!({ "meeting": { "level": { "eq": "DISTRICT" } } }), vec![HÒA]),
        (
            "participants",
            json!({ "positions": { "some": { "title": { "contains": "pho chu tich" } } } }),
            vec![HÒA, HÒA],
        ),
        ("participants", json!({ "organizations": { "some": { "name": { "eq": "so may" } } } }), vec![MẪU]),
        ("participants", json!({ "site": { "province": { "code": { "eq": "96" } } } }), vec![HÒA]),
        (
            "organizations",
            json!({ "meetings": { "some": { "date": { "isNull": false } } } }),
            vec!["Ban Gió", "Sở Mây"],
        ),
        (
            "organizations",
            json!({ "positions": { "some": { "participant": { "person": { "id": { "eq": hòa } } } } } }),
            vec!["Ủy ban nhân dân tỉnh"],
        ),
        ("organizations", json!({ "awards": { "some": { "individualCount": { "gt": 5 } } } }), vec!["Ban Gió"]),
        (
            "organizations",
            json!({ "directives": { "some": { "code": { "startsWith": "00-kl/bia" } } } }),
            vec!["Ban Gió"],
        ),
        ("awards", json!({ "grantedBy": { "id": { "eq": ban } }, "collectiveCount": { "gt": 10 } }), vec!["Bằng khen"]),
        ("awards", json!({ "collectiveCount": { "gt": 10 } }), vec!["Bằng khen"]),
        ("awards", json!({ "meeting": {} }), vec!["Bằng khen", "Giấy khen"]),
        ("awards", json!({ "recipients": { "some": { "name": { "eq": "doi gio" } } } }), vec!["Bằng khen"]),
        ("awards", json!({ "documents": { "some": { "slug": { "eq": "bai-2" } } } }), vec!["Bằng khen"]),
        ("tasks", json!({ "meeting": { "kind": { "eq": "SEMINAR" } } }), vec!["Trồng cây"]),
        ("tasks", json!({ "not": { "assignedBy": {} } }), vec!["Trồng cây", "Vẽ bản đồ gió"]),
        ("tasks", json!({ "document": { "kind": { "eq": "ACTIVITY_REPORT" } } }), vec!["Vẽ bản đồ gió"]),
        ("tasks", json!({ "text": { "contains": "dem may" } }), vec!["Đếm mây đúng giờ"]),
        ("documents", json!({ "meetings": { "some": { "kind": { "eq": "SEMINAR" } } } }), vec!["bai-1"]),
        ("documents", json!({ "meetings": { "none": {} } }), vec!["bao-cao"]),
        ("documents", json!({ "tasks": { "some": { "meeting": { "id": { "eq": a } } } } }), vec!["bai-1"]),
        ("documents", json!({ "awards": { "some": {} } }), vec!["bai-1", "bai-2"]),
        ("documents", json!({ "directives": { "some": { "issuedBy": { "id": { "eq": ban } } } } }), vec!["bao-cao"]),
    ];
    for (list, filter, mut expected) in cases {
        expected.sort_unstable();
        assert_eq!(found(&server, list, &filter).await, expected, "{list} {filter}");
    }
}

#[tokio::test]
async fn below_a_parent_and_with_pages_are_still_one_statement_a_list() {
    let server = world().await;
    let query = "{ meetings(filter: { participants: { some: { person: { participations: { some: { roles: { eq: CHAIR } } } } } } }) {
        nodes { title participants(filter: { meeting: { participants: { some: { roles: { eq: SPEAKER } } } } }) { nodes { name } } } } }";
    let data = server.data(query).await;
    let names = |n: usize| data["meetings"]["nodes"][n]["participants"]["nodes"].as_array().unwrap().len();
    assert_eq!([names(0), names(1), names(2)], [0, 3, 0], "{data:#}");
    assert_eq!(super::statements::statements(&server, query).await, 2);
}

#[tokio::test]
async fn that_cannot_be_are_refused_with_their_place() {
    let server = world().await;
    let deep = (0..7).fold(json!({}), |filter, n| {
        if n % 2 == 0 { json!({ "participants": { "some": filter } }) } else { json!({ "meeting": filter }) }
    });
    let deep = json!({ "participants": { "some": { "meeting": deep } } });
    let wide = json!({ "or": (0..201).map(|year| json!({ "reviewYear": { "eq": year } })).collect::<Vec<_>>() });
    let long = json!({ "reviewYear": { "in": (0..30_000).collect::<Vec<_>>() } });
    let nested = (0..40).fold(json!({}), |filter, _| json!({ "not": filter }));
    for (filter, told) in [
        (deep, "filter|9 relations"),
        (wide, "filter|201 conditions"),
        (long, "filter|301 conditions"),
        (
            json!({ "participants": { "some": { "person": { "id": { "eq": "x" } } } } }),
            "filter.participants.some.person.id.eq|not an id",
        ),
        (
            json!({ "id": { "in": ["Person:00000000-0000-0000-0000-000000000000"] } }),
            "filter.id.in.0|the id of a Person, not of a Meeting",
        ),
        (json!({ "or": [{}, { "date": { "eq": "23/12/2021" } }] }), "filter.or.1.date.eq|a date is written"),
        (json!({ "title": { "contains": "a\u{0}b" } }), "filter.title.contains|NUL"),
    ] {
        let query = "query ($filter: MeetingFilter) { meetings(filter: $filter) { totalCount } }";
        let reply = server.post(&json!({ "query": query, "variables": { "filter": filter } })).await.json();
        let error = &reply["errors"][0];
        assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"), "{reply}");
        // What validation finds belongs to no field.
        assert!(error.get("path").is_none_or(|path| *path == json!(["meetings"])), "{reply}");
        let (argument, words) = told.split_once('|').unwrap();
        assert_eq!(error["extensions"]["argument"], json!(argument), "{reply}");
        assert!(error["message"].as_str().unwrap().contains(words), "{told}: {error}");
    }
    assert_eq!(found(&server, "meetings", &nested).await.len(), 4);
}
