//! Lists counted in groups, and a person's positions over the years.

use serde_json::{Value, json};

use super::{ask::Server, small_world::world, statements::statements, world::Size};

/// The answer at a path of fields and places, without its spelling around.
async fn at(server: &Server, query: &str, path: &str) -> Value {
    server.data(query).await.pointer(path).unwrap_or_else(|| panic!("{path}: {query}")).clone()
}

#[tokio::test]
async fn count_what_the_list_has_under_its_filter() {
    let server = world().await;
    let cases = [
        (
            "meetings { groups(by: []) { totalCount hasMore nodes { count year } } }",
            json!({ "totalCount": 1, "hasMore": false, "nodes": [{ "count": 4, "year": null }] }),
        ),
        (
            "meetings { groups(by: [YEAR]) { nodes { year count } } }",
            json!({ "nodes": [{ "year": 2021, "count": 2 }, { "year": 2022, "count": 1 }, { "year": null, "count": 1 }] }),
        ),
        (
            "meetings { groups(by: [YEAR, MONTH], orderBy: KEY) { nodes { year month } } }",
            json!({ "nodes": [{ "year": 2021, "month": 5 }, { "year": 2021, "month": 12 }, { "year": 2022, "month": 1 }, { "year": null, "month": null }] }),
        ),
        (
            "meetings { groups(by: [YEAR, PROVINCE, YEAR], orderBy: KEY) { nodes { year province { name } count } } }",
            json!({ "nodes": [{ "year": 2021, "province": { "name": "Hà Nội" }, "count": 1 }, { "year": 2021, "province": { "name": "Cà Mau" }, "count": 1 },
            { "year": 2022, "province": { "name": "Cà Mau" }, "count": 1 }, { "year": null, "province": null, "count": 1 }] }),
        ),
        (
            "meetings { groups(by: [LEVEL, KIND, MODE], orderBy: KEY, first: 1) { totalCount hasMore nodes { level kind mode count } } }",
            json!({ "totalCount": 4, "hasMore": true, "nodes": [{ "level": "DISTRICT", "kind": "BRIEFING", "mode": null, "count": 1 }] }),
        ),
        (
            "meetings { groups(by: [YEAR], first: 0) { totalCount hasMore nodes { year } } }",
            json!({ "totalCount": 3, "hasMore": true, "nodes": [] }),
        ),
        (
            "meetings(filter: { date: { isNull: false } }) { groups(by: [ORGANIZER]) { nodes { organizer { name } count } } }",
            json!({ "nodes": [{ "organizer": { "name": "Ban Gió" }, "count": 1 }, { "organizer": { "name": "Sở Mây" }, "count": 1 }, { "organizer": null, "count": 1 }] }),
        ),
        (
            "meetings(filter: { kind: { eq: OTHER } }) { groups(by: [YEAR]) { totalCount hasMore nodes { year } } }",
            json!({ "totalCount": 0, "hasMore": false, "nodes": [] }),
        ),
        // Who has several roles counts for each; the page makes no difference.
        (
            "participants(first: 1) { groups(by: [ROLE]) { nodes { role count } } }",
            json!({ "nodes": [{ "role": "ATTENDEE", "count": 4 }, { "role": "CHAIR", "count": 2 }, { "role": "SPEAKER", "count": 1 }] }),
        ),
        (
            "participants { groups(by: [PERSON, KIND]) { nodes { person { name } kind count } } }",
            json!({ "nodes": [{ "person": { "name": "Đặng Thị Mẫu" }, "kind": "PERSON", "count": 2 }, { "person": { "name": "Lê Văn Hòa" }, "kind": "PERSON", "count": 2 },
            { "person": { "name": "Lê Văn Hoa" }, "kind": "PERSON", "count": 1 }, { "person": null, "kind": "GROUP", "count": 1 }] }),
        ),
        (
            "participants { groups(by: [YEAR, PROVINCE], orderBy: KEY) { nodes { year province { code } count } } }",
            json!({ "nodes": [{ "year": 2021, "province": { "code": "01" }, "count": 3 }, { "year": 2021, "province": { "code": "96" }, "count": 2 },
            { "year": 2022, "province": { "code": "96" }, "count": 1 }] }),
        ),
        (
            "participants { groups(by: [ORGANIZATION]) { nodes { organization { name } count } } }",
            json!({ "nodes": [{ "organization": null, "count": 3 }, { "organization": { "name": "Ủy ban nhân dân tỉnh" }, "count": 2 },
            { "organization": { "name": "Sở Mây" }, "count": 1 }] }),
        ),
        (
            "participants { groups(by: [SITE_PROVINCE]) { nodes { siteProvince { name } count } } }",
            json!({ "nodes": [{ "siteProvince": null, "count": 5 }, { "siteProvince": { "name": "Cà Mau" }, "count": 1 }] }),
        ),
        (
            "people { groups(by: [PROVINCE]) { nodes { province { name } count } } }",
            json!({ "nodes": [{ "province": { "name": "Cà Mau" }, "count": 3 }, { "province": { "name": "Hà Nội" }, "count": 2 }] }),
        ),
        (
            "people { groups(by: [ORGANIZATION]) { nodes { organization { name } count } } }",
            json!({ "nodes": [{ "organization": { "name": "Sở Mây" }, "count": 1 }, { "organization": { "name": "Ủy ban nhân dân tỉnh" }, "count": 1 },
            { "organization": null, "count": 1 }] }),
        ),
        (
            "organizations { groups(by: [PROVINCE]) { nodes { province { name } count } } }",
            json!({ "nodes": [{ "province": { "name": "Cà Mau" }, "count": 2 }, { "province": null, "count": 1 }] }),
        ),
        (
            "tasks { groups(by: [YEAR, ASSIGNED_BY], orderBy: KEY) { nodes { year assignedBy { name } count } } }",
            json!({ "nodes": [{ "year": 2022, "assignedBy": { "name": "Lê Văn Hòa" }, "count": 1 }, { "year": 2023, "assignedBy": null, "count": 1 },
            { "year": null, "assignedBy": null, "count": 1 }] }),
        ),
        (
            "documents { groups(by: [KIND]) { nodes { kind count } } }",
            json!({ "nodes": [{ "kind": "MEETING_REPORT", "count": 2 }, { "kind": "ACTIVITY_REPORT", "count": 1 }] }),
        ),
        // Two papers print the first award: it is one. What is not stated is not 0.
        (
            "awards { groups(by: []) { nodes { count collectives { sum stated } individuals { sum stated } works { sum stated } } } }",
            json!({ "nodes": [{ "count": 3, "collectives": { "sum": 41, "stated": 2 }, "individuals": { "sum": 15, "stated": 2 },
            "works": { "sum": null, "stated": 0 } }] }),
        ),
        (
            "awards { groups(by: [ORGANIZATION]) { nodes { organization { name } count collectives { sum stated } } } }",
            json!({ "nodes": [{ "organization": { "name": "Ban Gió" }, "count": 2, "collectives": { "sum": 36, "stated": 1 } },
            { "organization": { "name": "Sở Mây" }, "count": 1, "collectives": { "sum": 5, "stated": 1 } }] }),
        ),
        (
            "awards(filter: { meeting: {} }) { groups(by: [YEAR, PROVINCE, NAME]) { nodes { year name province { code } } } }",
            json!({ "nodes": [{ "year": 2021, "name": "Bằng khen", "province": { "code": "01" } }, { "year": null, "name": "Giấy khen", "province": { "code": "96" } }] }),
        ),
    ];
    for (query, expected) in cases {
        let list = query.split(|c: char| !c.is_alphabetic()).next().unwrap();
        assert_eq!(at(&server, &format!("{{ {query} }}"), &format!("/{list}/groups")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn have_nobody_without_a_value_who_has_one_and_no_pair_that_never_was() {
    let server = world().await;
    for statement in [
        // a title without a body, and a meeting without a province
        "INSERT INTO participant_positions (participant_id, ordinal, title) VALUES (md5('ALê Văn Hòa')::uuid, 2, 'Đại biểu')",
        "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles)
         VALUES (md5('CLê Văn Hòa')::uuid, md5('C')::uuid, 'PERSON', 'Lê Văn Hòa', 1, md5('Lê Văn Hòa')::uuid, '{ATTENDEE}')",
    ] {
        sqlx::query(statement).execute(&server.database.pool).await.unwrap();
    }
    for (list, by, expected) in [
        ("people", "ORGANIZATION", json!([["Sở Mây", null, 1], ["Ủy ban nhân dân tỉnh", null, 1], [null, null, 1]])),
        ("people", "PROVINCE", json!([[null, "Hà Nội", 2], [null, "Cà Mau", 3]])),
        (
            "people",
            "ORGANIZATION, PROVINCE",
            json!([
                ["Sở Mây", "Cà Mau", 1],
                ["Ủy ban nhân dân tỉnh", "Hà Nội", 1],
                ["Ủy ban nhân dân tỉnh", "Cà Mau", 1],
                [null, "Hà Nội", 1],
                [null, "Cà Mau", 1]
            ]),
        ),
        (
            "participants",
            "ORGANIZATION",
            json!([["Sở Mây", null, 1], ["Ủy ban nhân dân tỉnh", null, 2], [null, null, 4]]),
        ),
    ] {
        let query = format!(
            "{{ {list} {{ groups(by: [{by}], orderBy: KEY) {{ nodes {{ organization {{ name }} province {{ name }} count }} }} }} }}"
        );
        let groups = at(&server, &query, &format!("/{list}/groups/nodes")).await;
        let told = groups
            .as_array()
            .unwrap()
            .iter()
            .map(|group| json!([group["organization"]["name"], group["province"]["name"], group["count"]]));
        assert_eq!(told.collect::<Value>(), expected, "{list} by {by}");
    }
}

#[tokio::test]
async fn below_a_parent_are_that_parents() {
    let server = world().await;
    let query = "{ meetings(orderBy: [{ field: DATE }]) { nodes { participants(filter: { kind: { eq: PERSON } }) { groups(by: [ROLE], orderBy: KEY) { totalCount nodes { role count } } }
        awards { groups(by: []) { nodes { count collectives { sum } } } } } }
      document(slug: \"bai-1\") { awards { groups(by: [YEAR]) { nodes { year count } } } } }";
    let data = server.data(query).await;
    let meeting = |n: usize, list: &str| data["meetings"]["nodes"][n][list]["groups"].clone();
    assert_eq!(
        meeting(0, "participants"),
        json!({ "totalCount": 2, "nodes": [{ "role": "ATTENDEE", "count": 1 }, { "role": "CHAIR", "count": 1 }] })
    );
    assert_eq!(
        meeting(1, "participants")["nodes"],
        json!([{ "role": "ATTENDEE", "count": 1 }, { "role": "CHAIR", "count": 1 }, { "role": "SPEAKER", "count": 1 }])
    );
    assert_eq!(meeting(3, "participants"), json!({ "totalCount": 0, "nodes": [] }));
    assert_eq!(meeting(1, "awards")["nodes"], json!([{ "count": 1, "collectives": { "sum": 36 } }]));
    assert_eq!(data["document"]["awards"]["groups"]["nodes"], json!([{ "year": 2021, "count": 1 }]));
    // The meetings, their participants' groups, their awards' groups, the document's id, the document, its awards' groups.
    assert_eq!(statements(&server, query).await, 6);
}

#[tokio::test]
async fn take_one_statement_and_only_where_they_are_selected() {
    let server = Server::with(Size { meetings: 3, participants: 2, tasks: 1 }).await;
    for (query, expected) in [
        ("{ meetings { groups(by: [YEAR]) { totalCount hasMore nodes { year count } } } }", 1),
        ("{ meetings { totalCount groups(by: [YEAR]) { nodes { count } } nodes { id } } }", 3),
        // and one for all the bodies
        ("{ meetings { groups(by: [ORGANIZER]) { nodes { organizer { name } } } } }", 2),
        ("{ people { nodes { positions { title organization { name } firstSeen lastSeen meetingCount } } } }", 1),
    ] {
        assert_eq!(statements(&server, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn that_cannot_be_are_refused() {
    let server = world().await;
    for (groups, argument) in [
        ("by: [YEAR], first: 1001", "first"),
        ("by: [YEAR], first: -1", "first"),
        ("by: [YEAR, MONTH, KIND, LEVEL, MODE, PROVINCE]", "by"),
        ("by: [NONE]", "by.0"),
    ] {
        let reply = server.ask(&format!("{{ meetings {{ groups({groups}) {{ totalCount }} }} }}")).await;
        assert_eq!(reply["errors"][0]["extensions"]["code"], json!("BAD_USER_INPUT"), "{reply}");
        assert_eq!(reply["errors"][0]["extensions"]["argument"], json!(argument), "{reply}");
    }
    let costly =
        "{ meetings(first: 100) { nodes { participants { groups(by: [ROLE], first: 1000) { nodes { role } } } } } }";
    assert_eq!(server.ask(costly).await["errors"][0]["extensions"]["code"], json!("QUERY_TOO_COMPLEX"));
}

#[tokio::test]
async fn a_persons_positions_are_told_with_when_and_where() {
    let server = world().await;
    for statement in [
        // a meeting without a day
        "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles)
         VALUES (md5('CLê Văn Hòa')::uuid, md5('C')::uuid, 'PERSON', 'Lê Văn Hòa', 1, md5('Lê Văn Hòa')::uuid, '{ATTENDEE}')",
        "INSERT INTO participant_positions (participant_id, ordinal, title, organization_id)
         VALUES (md5('CLê Văn Hòa')::uuid, 1, 'Phó Chủ tịch Ủy ban nhân dân tỉnh', md5('Ủy ban nhân dân tỉnh')::uuid),
                (md5('CLê Văn Hòa')::uuid, 2, 'Trưởng Ban Gió', md5('Ban Gió')::uuid),
                (md5('ALê Văn Hòa')::uuid, 2, 'Đại biểu', NULL)",
    ] {
        sqlx::query(statement).execute(&server.database.pool).await.unwrap();
    }
    let query = "{ people(filter: { name: { eq: \"le van hoa\" }, participations: { some: { site: {} } } }) { nodes { name positions {
        title organization { name } firstSeen lastSeen meetingCount participations(first: 2) { meeting { date } } } } } }";
    let person = at(&server, query, "/people/nodes/0").await;
    let place = |name: &str| json!({ "name": name });
    assert_eq!(
        person,
        json!({ "name": "Lê Văn Hòa", "positions": [
        { "title": "Đại biểu", "organization": null, "firstSeen": "2021-12-23", "lastSeen": "2021-12-23", "meetingCount": 1,
          "participations": [{ "meeting": { "date": "2021-12-23" } }] },
        { "title": "Phó Chủ tịch Ủy ban nhân dân tỉnh", "organization": place("Ủy ban nhân dân tỉnh"), "firstSeen": "2021-12-23",
          "lastSeen": "2022-01-10", "meetingCount": 3,
          "participations": [{ "meeting": { "date": "2022-01-10" } }, { "meeting": { "date": "2021-12-23" } }] },
        { "title": "Trưởng Ban Gió", "organization": place("Ban Gió"), "firstSeen": null, "lastSeen": null, "meetingCount": 1,
          "participations": [{ "meeting": { "date": null } }] },
    ] })
    );
}
