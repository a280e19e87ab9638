//! What filters find: for each filter, who is found in a small world.

use serde_json::{Value, json};

use super::{ask::Server, small_world::world};

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

/// A list, a filter of it, and who is found.
type Case = (&'static str, Value, Vec<&'static str>);

/// Global ids of what filters name.
struct Ids {
    hòa: String,
    ban: String,
    a: String,
}

/// Nothing asked for is met by all.
fn nothing() -> Vec<Case> {
    vec![
        ("meetings", json!({}), vec![A, B, C, D]),
        ("meetings", json!(null), vec![A, B, C, D]),
        ("meetings", json!({ "title": {}, "date": null, "and": [], "participants": {} }), vec![A, B, C, D]),
    ]
}

/// Text: without case, marks, the place of the tone; with plain quotes, dashes; wildcards are letters.
fn texts() -> Vec<Case> {
    vec![
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
        ("people", json!({ "name": { "contains": "%" } }), vec![]),
        ("people", json!({ "name": { "startsWith": " _" } }), vec![]),
        ("people", json!({ "name": { "contains": "" } }), vec![HÒA, HOA, MẪU]),
        ("people", json!({ "name": { "contains": " " } }), vec![HÒA, HOA, MẪU]),
        ("people", json!({ "name": { "contains": "a " } }), vec![]),
        ("people", json!({ "name": { "contains": " v" } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "startsWith": "le " } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "startsWith": "l " } }), vec![]),
        ("people", json!({ "name": { "in": ["%", "", "\u{301}"] } }), vec![]),
        ("people", json!({ "not": { "name": { "startsWith": "%" } } }), vec![HÒA, HOA, MẪU]),
        ("meetings", json!({ "title": { "contains": "\u{301}" } }), vec![]),
        ("meetings", json!({ "title": { "contains": "\u{feff}" } }), vec![]),
        ("meetings", json!({ "title": { "ne": "\u{301}" } }), vec![A, B, C, D]),
        ("meetings", json!({ "venue": { "ne": "\u{301}" } }), vec![A, B]),
        ("people", json!({ "name": { "ne": "-" } }), vec![HÒA, HOA, MẪU]),
        ("people", json!({ "name": { "contains": "văn" } }), vec![HÒA, HOA]),
        ("people", json!({ "name": { "in": ["Đặng  Thị Mẫu", "x"] } }), vec![MẪU]),
        ("organizations", json!({ "name": { "eq": "UBND tỉnh" } }), vec!["Ủy ban nhân dân tỉnh"]),
        ("organizations", json!({ "name": { "contains": "uy ban" } }), vec!["Ủy ban nhân dân tỉnh"]),
        ("documents", json!({ "slug": { "startsWith": "bai-" } }), vec!["bai-1", "bai-2"]),
        ("documents", json!({ "slug": { "eq": "BAI-1" } }), vec![]),
        ("documents", json!({ "title": { "contains": "\"gio\"" } }), vec!["bai-2"]),
        ("documents", json!({ "publisher": { "eq": "báo thử" } }), vec!["bai-1", "bao-cao"]),
    ]
}

/// Values of each type.
fn values(ids: &Ids) -> Vec<Case> {
    vec![
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
        ("meetings", json!({ "id": { "eq": ids.a } }), vec![A]),
        ("meetings", json!({ "id": { "ne": ids.a } }), vec![B, C, D]),
    ]
}

/// What is absent meets nothing but isNull; so `not` of anything else holds for it.
fn absent() -> Vec<Case> {
    vec![
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
    ]
}

/// Joined.
fn joined() -> Vec<Case> {
    vec![
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
    ]
}

/// Through relations, to one and to many.
fn related(ids: &Ids) -> Vec<Case> {
    vec![
        ("meetings", json!({ "province": { "code": { "eq": "96" } } }), vec![B, D]),
        ("meetings", json!({ "province": { "name": { "eq": "ca mau" } } }), vec![B, D]),
        ("meetings", json!({ "not": { "province": {} } }), vec![C]),
        (
            "meetings",
            json!({ "participants": { "some": { "person": { "id": { "eq": ids.hòa } }, "roles": { "eq": "CHAIR" } } } }),
            vec![A],
        ),
        (
            "meetings",
            json!({ "participants": { "some": { "person": { "id": { "eq": ids.hòa } } }, "none": { "roles": { "eq": "CHAIR" } } } }),
            vec![D],
        ),
        ("meetings", json!({ "participants": { "none": {} } }), vec![C]),
        ("meetings", json!({ "participants": { "every": { "kind": { "eq": "PERSON" } } } }), vec![B, C, D]),
        ("meetings", json!({ "participants": { "some": {}, "every": { "not": { "site": {} } } } }), vec![B, D]),
        ("meetings", json!({ "tasks": { "some": { "assignedBy": { "name": { "contains": "hoa" } } } } }), vec![A]),
        ("meetings", json!({ "organizers": { "some": { "id": { "eq": ids.ban } } } }), vec![A]),
        ("meetings", json!({ "coOrganizers": { "some": { "id": { "eq": ids.ban } } } }), vec![B]),
        ("meetings", json!({ "sites": { "some": { "province": { "code": { "eq": "96" } } } } }), vec![A]),
        ("meetings", json!({ "documents": { "some": { "slug": { "eq": "bai-2" } } } }), vec![A]),
        ("meetings", json!({ "awards": { "some": { "collectiveCount": { "gte": 36 } } } }), vec![A]),
    ]
}

/// Whoever a meeting led together with whom, and back to the same tables.
fn around(ids: &Ids) -> Vec<Case> {
    vec![
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
            json!({ "positions": { "some": { "participant": { "person": { "id": { "eq": ids.hòa } } } } } }),
            vec!["Ủy ban nhân dân tỉnh"],
        ),
        ("organizations", json!({ "awards": { "some": { "individualCount": { "gt": 5 } } } }), vec!["Ban Gió"]),
        (
            "organizations",
            json!({ "directives": { "some": { "code": { "startsWith": "00-kl/bia" } } } }),
            vec!["Ban Gió"],
        ),
        (
            "awards",
            json!({ "grantedBy": { "id": { "eq": ids.ban } }, "collectiveCount": { "gt": 10 } }),
            vec!["Bằng khen"],
        ),
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
        ("documents", json!({ "tasks": { "some": { "meeting": { "id": { "eq": ids.a } } } } }), vec!["bai-1"]),
        ("documents", json!({ "awards": { "some": {} } }), vec!["bai-1", "bai-2"]),
        (
            "documents",
            json!({ "directives": { "some": { "issuedBy": { "id": { "eq": ids.ban } } } } }),
            vec!["bao-cao"],
        ),
    ]
}

#[tokio::test]
async fn find_who_meets_them_and_nobody_else() {
    let server = world().await;
    let id = async |kind: &str, name: &str| {
        let uuid = sqlx::query_scalar::<_, String>("SELECT md5($1)::uuid::text").bind(name);
        format!("{kind}:{}", uuid.fetch_one(&server.database.pool).await.unwrap())
    };
    let ids =
        Ids { hòa: id("Person", HÒA).await, ban: id("Organization", "Ban Gió").await, a: id("Meeting", "A").await };
    let cases = [nothing(), texts(), values(&ids), absent(), joined(), related(&ids), around(&ids)].concat();
    for (list, filter, mut expected) in cases {
        expected.sort_unstable();
        assert_eq!(found(&server, list, &filter).await, expected, "{list} {filter}");
    }
}

#[tokio::test]
async fn below_a_parent_and_with_pages_are_still_one_statement() {
    let server = world().await;
    let query = "{ meetings(filter: { participants: { some: { person: { participations: { some: { roles: { eq: CHAIR } } } } } } }) {
        nodes { title participants(filter: { meeting: { participants: { some: { roles: { eq: SPEAKER } } } } }) { nodes { name } } } } }";
    let data = server.data(query).await;
    let names = |n: usize| data["meetings"]["nodes"][n]["participants"]["nodes"].as_array().unwrap().len();
    assert_eq!([names(0), names(1), names(2)], [0, 3, 0], "{data:#}");
    assert_eq!(super::statements::statements(&server, query).await, 1);
}

#[tokio::test]
async fn that_cannot_be_are_refused_with_their_place() {
    let server = world().await;
    let deep = (0..7).fold(json!({}), |filter, n| {
        if n % 2 == 0 { json!({ "participants": { "some": filter } }) } else { json!({ "meeting": filter }) }
    });
    let deep = json!({ "participants": { "some": { "meeting": deep } } });
    let wide = json!({ "or": (0..201).map(|year| json!({ "reviewYear": { "eq": year } })).collect::<Vec<_>>() });
    let idle = |part: Value| json!({ "or": vec![part; 201] });
    let related = json!({ "and": vec![json!({ "participants": { "some": { "roles": { "eq": "CHAIR" } } } }); 21] });
    let long = json!({ "reviewYear": { "in": (0..30_000).collect::<Vec<_>>() } });
    let nested = (0..40).fold(json!({}), |filter, _| json!({ "not": filter }));
    for (filter, told) in [
        (deep, "filter|9 relations"),
        (wide, "filter|201 conditions"),
        (long, "filter|301 conditions"),
        (idle(json!({})), "filter|201 conditions"),
        (idle(json!({ "not": {} })), "filter|201 conditions"),
        (related, "filter|21 relations, where 20"),
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
