//! `changes`, case by case: what is told of what, cursors that lead nowhere, times.

use hoinghi::{
    domain::ParticipantRole,
    http::{Settings, router},
    ingest::{load_extraction, remove},
    store,
};
use serde_json::{Value, json};

use super::{super::ask::Server, mirror::Mirror};
use crate::{
    invented::{Document, documents, person},
    loading::load,
    support,
};

/// How often each operation was told, of each type: `Meeting UPDATED`.
fn told(mirror: &Mirror) -> Vec<String> {
    let mut told: Vec<String> =
        mirror.told.iter().map(|(operation, id)| format!("{} {operation}", id.split(':').next().unwrap())).collect();
    told.sort_unstable();
    told.dedup();
    told
}

async fn version(server: &Server) -> i64 {
    sqlx::query_scalar("SELECT number FROM data_version").fetch_one(&server.database.pool).await.unwrap()
}

#[tokio::test]
async fn each_operation_is_told_once_and_loading_the_same_again_tells_nothing() {
    let server = Server::empty().await;
    let pool = &server.database.pool;
    let all = documents();
    let mut mirror = Mirror::default();
    mirror.catch_up(&server, 10).await;
    assert_eq!((told(&mirror), mirror.cursor.is_some()), (vec![], true), "nothing is there yet");

    load(pool, &all[0]).await;
    mirror.catch_up(&server, 10).await;
    assert!(mirror.told.iter().all(|(operation, _)| operation == "CREATED"), "{:?}", mirror.told);
    let kinds = ["Award", "Document", "Meeting", "Organization", "Participant", "Person", "Task"];
    assert_eq!(told(&mirror), kinds.map(|kind| format!("{kind} CREATED")));
    let (nodes, number) = (mirror.nodes.clone(), version(&server).await);

    // Read again by other rules that find the same: everything is written anew, and nothing has changed.
    load(pool, &all[0]).await;
    mirror.catch_up(&server, 10).await;
    assert_eq!((told(&mirror), version(&server).await), (vec![], number));
    assert_eq!(mirror.nodes, nodes);

    // A second report of the same meeting.
    load(pool, &all[1]).await;
    mirror.catch_up(&server, 10).await;
    let seen = told(&mirror);
    for expected in ["Meeting UPDATED", "Document CREATED", "Participant UPDATED", "Person CREATED", "Award UPDATED"] {
        assert!(seen.iter().any(|told| told == expected), "{expected}: {seen:?}");
    }
    assert!(!seen.iter().any(|told| told == "Document UPDATED"), "what another document says is not its own: {seen:?}");

    remove(pool, &all[1].0.slug).await.unwrap();
    mirror.catch_up(&server, 10).await;
    let seen = told(&mirror);
    for expected in ["Meeting UPDATED", "Document DELETED", "Person DELETED", "Award UPDATED"] {
        assert!(seen.iter().any(|told| told == expected), "{expected}: {seen:?}");
    }
    let ids: Vec<&String> = mirror.nodes.keys().collect();
    assert_eq!(ids, nodes.keys().collect::<Vec<_>>(), "as it was before");

    // Gone and there again between two readings: of one who has it, that is no more than an update.
    remove(pool, &all[0].0.slug).await.unwrap();
    load(pool, &all[0]).await;
    mirror.catch_up(&server, 10).await;
    assert!(mirror.told.iter().all(|(operation, _)| operation == "CREATED"), "{:?}", mirror.told);
    assert_eq!(mirror.nodes.keys().collect::<Vec<_>>(), nodes.keys().collect::<Vec<_>>());

    // Whoever begins now hears nothing of what is gone.
    remove(pool, &all[0].0.slug).await.unwrap();
    let mut late = Mirror::default();
    late.catch_up(&server, 10).await;
    assert_eq!((told(&late), late.nodes.len()), (vec![], 0));
    mirror.catch_up(&server, 10).await;
    assert!(mirror.told.iter().all(|(operation, _)| operation == "DELETED"), "{:?}", mirror.told);
    assert_eq!(mirror.nodes.len(), 0);
}

#[tokio::test]
async fn types_narrow_what_is_told() {
    let server = Server::empty().await;
    for document in &documents() {
        load(&server.database.pool, document).await;
    }
    let types = async |types: &str| -> Vec<String> {
        let (mut seen, mut since) = (Vec::new(), Value::Null);
        loop {
            let query = format!(
                "query($since: String) {{ changes(since: $since, first: 4, types: {types}) {{ nodes {{ type }}
                     pageInfo {{ hasNextPage endCursor }} }} }}"
            );
            let answer = server.post(&json!({ "query": query, "variables": { "since": since } })).await.json();
            let page = &answer["data"]["changes"];
            seen.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["type"].as_str().unwrap().to_owned()));
            since = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                return seen;
            }
        }
    };
    assert_eq!(types("[DIRECTIVE]").await, ["DIRECTIVE"]);
    let (documents, mixed) = (types("[DOCUMENT]").await.len(), types("[DOCUMENT, DIRECTIVE, DIRECTIVE]").await);
    assert_eq!((documents, mixed.len()), (8, 9));
    assert!(types("[]").await.is_empty());
}

#[tokio::test]
async fn a_cursor_that_leads_nowhere_is_refused_with_what_to_do() {
    let server = Server::empty().await;
    load(&server.database.pool, &documents()[0]).await;
    let cursor = async |server: &Server| {
        let data = server.data("{ changes(first: 100) { pageInfo { endCursor } } }").await;
        data["changes"]["pageInfo"]["endCursor"].as_str().unwrap().to_owned()
    };
    let here = cursor(&server).await;
    let url = support::empty_database().await;
    let pool = store::connect(&url, 2).await.unwrap();
    store::migrate(&pool).await.unwrap();
    let database = support::Database { pool: pool.clone(), url };
    let elsewhere = cursor(&Server { router: router(pool, Settings::default()), database }).await;
    let list =
        server.data("{ documents { pageInfo { endCursor } } }").await["documents"]["pageInfo"]["endCursor"].clone();
    let of_meetings =
        server.data("{ changes(types: [MEETING]) { pageInfo { endCursor } } }").await["changes"]["pageInfo"]["endCursor"]
            .clone();
    for (since, expected) in [
        (json!(elsewhere), "of another database"),
        (json!("nothing"), "no cursor of changes"),
        (json!(""), "no cursor of changes"),
        (list, "no cursor of changes"),
        (of_meetings, "other `types`"),
    ] {
        let query = "query($since: String) { changes(since: $since) { nodes { cursor } } }";
        let answer = server.post(&json!({ "query": query, "variables": { "since": since } })).await.json();
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], json!("BAD_USER_INPUT"), "{answer:#}");
        assert_eq!(error["extensions"]["argument"], json!("since"), "{answer:#}");
        assert!(error["message"].as_str().unwrap().contains(expected), "{expected}: {answer:#}");
    }
    // A copy that is older than the cursor, as a restored one is.
    sqlx::query("UPDATE data_version SET number = number - 1").execute(&server.database.pool).await.unwrap();
    let query = format!("{{ changes(since: \"{here}\") {{ nodes {{ cursor }} }} }}");
    let answer = server.ask(&query).await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("restored"), "{answer:#}");
}

/// What is changed, and how.
type Change = (&'static str, fn(&mut Document));

#[tokio::test]
async fn a_meeting_is_updated_when_anything_below_it_is() {
    let (server, all) = (Server::empty().await, documents());
    let pool = &server.database.pool;
    load(pool, &all[0]).await;
    load(pool, &all[4]).await;
    let times = async |title: &str| {
        let data = server.data("{ meetings { nodes { title createdAt updatedAt } } }").await;
        let nodes = data["meetings"]["nodes"].as_array().unwrap().clone();
        let meeting = nodes.into_iter().find(|node| node["title"].as_str().unwrap().contains(title)).unwrap();
        (meeting["createdAt"].as_str().unwrap().to_owned(), meeting["updatedAt"].as_str().unwrap().to_owned())
    };
    let (title, other) = ("trực tuyến toàn quốc", "công tác mây gió năm 2030, triển khai");
    let untouched = times(other).await;
    let mut before = times(title).await;
    assert_eq!(before.0, before.1, "new");
    let changes: [Change; 6] = [
        ("a role", |d| d.1.meetings[0].participants[0].roles = vec![ParticipantRole::Speaker]),
        ("a position", |d| d.1.meetings[0].participants[1].positions.clear()),
        ("a participant", |d| {
            d.1.meetings[0].participants.push(person("Mai Thị Giả", ParticipantRole::Attendee, &[], None));
        }),
        ("a task", |d| d.1.tasks[0].year = Some(2035)),
        ("an award's recipient", |d| d.1.awards[0].recipients = vec!["Trạm Mây".to_owned()]),
        ("where it stands", |d| d.1.meetings[0].evidence[0].span.end -= 1),
    ];
    let mut document = all[0].clone();
    for (what, change) in changes {
        change(&mut document);
        load_extraction(pool, &document.0, &document.1).await.unwrap();
        let after = times(title).await;
        assert_eq!(after.0, before.0, "{what}");
        assert!(after.1 > before.1, "{what}: {} is not later than {}", after.1, before.1);
        load_extraction(pool, &document.0, &document.1).await.unwrap();
        assert_eq!(times(title).await, after, "{what}, again");
        before = after;
    }
    assert_eq!(times(other).await, untouched, "what is beside it has not changed");
}
