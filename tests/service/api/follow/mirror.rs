//! A copy that is kept by `changes` alone has what the server has, whatever is loaded, replaced and removed meanwhile.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sqlx::PgPool;

use super::super::ask::Server;
use crate::{
    invented::{Dice, Document, documents},
    loading::load,
};

/// All that a node tells of itself: with everything below it, what else it refers to by ids and names.
pub const WHOLE: &str = "
fragment Whole on Node { __typename id
  ... on Document { createdAt updatedAt slug title kind publisher url publishedOn loadedAt text
    reports { ...Report meeting { id } } directives { id } figures { value unit qualifier evidence { ...Place } } }
  ... on Meeting { createdAt updatedAt title kind date partOfDay mode level venue province { code } reviewYear planYear
    siteCount { value qualifier } attendeeCount { value qualifier } organizers { id name } coOrganizers { id name }
    sites { name province { code } } reports { ...Report document { id } } confidence evidence { ...Place }
    participants(first: 50) { nodes { id name roles positions { title organization { id name } } } }
    tasks(first: 50) { nodes { id text year } } awards(first: 50) { nodes { id name recipients } } }
  ... on Participant { createdAt updatedAt kind name person { id name } roles
    positions { title organization { id name province { name } } } site { name province { code } } meeting { id }
    confidence evidence { ...Place } }
  ... on Person { createdAt updatedAt name names { name count documents { id } }
    participations(first: 50) { nodes { id roles positions { title } meeting { id date } } } }
  ... on Organization { createdAt updatedAt name province { code } }
  ... on Task { createdAt updatedAt ordinal text year assignedBy { id name } meeting { id } document { id } confidence
    evidence { ...Place } }
  ... on Award { createdAt updatedAt name grantedBy { id name } collectiveCount individualCount workCount year recipients
    meeting { id } confidence evidence { ...Place } }
  ... on Directive { createdAt updatedAt code issuedBy { id name } issuedOn document { id } evidence { ...Place } }
}
fragment Report on MeetingReport { title kind date organizers { id name } coOrganizers { id name } confidence
  participants { participant { id } kind name roles positions { title organization { id name } } } evidence { ...Place } }
fragment Place on Evidence { document { id } start end quote rule }
";

/// A copy, and how far it has been brought.
#[derive(Default)]
pub struct Mirror {
    pub nodes: BTreeMap<String, Value>,
    pub cursor: Option<String>,
    /// The operations told last.
    pub told: Vec<(String, String)>,
}

impl Mirror {
    /// Reads one page; whether there are more.
    pub async fn read(&mut self, server: &Server, first: usize) -> bool {
        let query = format!(
            "query($since: String) {{ changes(since: $since, first: {first}) {{
                nodes {{ cursor operation type nodeId changedAt node {{ ...Whole }} }}
                pageInfo {{ hasNextPage endCursor }} }} }} {WHOLE}"
        );
        let answer = server.post(&json!({ "query": query, "variables": { "since": self.cursor } })).await.json();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let page = &answer["data"]["changes"];
        for change in page["nodes"].as_array().unwrap() {
            self.apply(change);
        }
        self.cursor = page["pageInfo"]["endCursor"].as_str().map(str::to_owned);
        page["pageInfo"]["hasNextPage"].as_bool().unwrap()
    }

    /// Reads all there is.
    pub async fn catch_up(&mut self, server: &Server, first: usize) {
        self.told.clear();
        while self.read(server, first).await {}
    }

    /// Puts one change to use.
    pub fn apply(&mut self, change: &Value) {
        let id = change["nodeId"].as_str().unwrap().to_owned();
        let operation = change["operation"].as_str().unwrap().to_owned();
        let node = &change["node"];
        assert_eq!(node.is_null(), operation == "DELETED", "{change:#}");
        assert!(id.to_uppercase().starts_with(change["type"].as_str().unwrap()), "{change:#}");
        if operation == "DELETED" {
            self.nodes.remove(&id);
        } else {
            assert_eq!(node["id"], json!(id));
            assert_eq!(node["updatedAt"], change["changedAt"], "{change:#}");
            self.nodes.insert(id.clone(), node.clone());
        }
        self.told.push((operation, id));
    }
}

/// Every node that the database has, read at once.
pub async fn everything(server: &Server) -> BTreeMap<String, Value> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT 'Document:' || id FROM documents UNION ALL SELECT 'Meeting:' || id FROM meetings
         UNION ALL SELECT 'Participant:' || id FROM participants UNION ALL SELECT 'Person:' || id FROM people
         UNION ALL SELECT 'Organization:' || id FROM organizations UNION ALL SELECT 'Task:' || id FROM tasks
         UNION ALL SELECT 'Award:' || id FROM awards UNION ALL SELECT 'Directive:' || id FROM directives",
    )
    .fetch_all(&server.database.pool)
    .await
    .unwrap();
    let mut nodes = BTreeMap::new();
    for ids in ids.chunks(3) {
        let query = format!("query($ids: [ID!]!) {{ nodes(ids: $ids) {{ ...Whole }} }} {WHOLE}");
        let answer = server.post(&json!({ "query": query, "variables": { "ids": ids } })).await.json();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        for node in answer["data"]["nodes"].as_array().unwrap() {
            nodes.insert(node["id"].as_str().unwrap().to_owned(), node.clone());
        }
    }
    nodes
}

/// Where two copies differ.
pub fn difference(mirror: &BTreeMap<String, Value>, truth: &BTreeMap<String, Value>) -> Vec<String> {
    let ids: std::collections::BTreeSet<&String> = mirror.keys().chain(truth.keys()).collect();
    let differing = ids.into_iter().filter(|id| mirror.get(*id) != truth.get(*id));
    differing.map(|id| format!("{id}\n copy {:?}\n is   {:?}", mirror.get(id), truth.get(id))).collect()
}

/// Some version of a document: as it is, or with something else in it.
pub fn version(document: &Document, dice: &mut Dice) -> Document {
    let (mut source, mut extraction) = document.clone();
    match (dice.roll(6), extraction.meetings.first_mut()) {
        (0, Some(meeting)) => meeting.date = None,
        (1, Some(meeting)) => _ = meeting.participants.pop(),
        (2, Some(meeting)) => meeting.organizers.push("SỞ GIÓ".to_owned()),
        // the same facts, their words elsewhere
        (3, _) => source.text.replace_range(0..1, "X"),
        (4, _) => {
            extraction.tasks.pop();
            extraction.awards.clear();
        }
        _ => {}
    }
    (source, extraction)
}

/// Loads, replaces or removes something.
pub async fn disturb(pool: &PgPool, all: &[Document], dice: &mut Dice) {
    let document = &all[dice.roll(all.len())];
    if dice.roll(3) == 0 {
        hoinghi::ingest::remove(pool, &document.0.slug).await.unwrap();
    } else {
        load(pool, &version(document, dice)).await;
    }
}

#[tokio::test]
async fn a_copy_kept_by_changes_alone_is_what_the_server_has() {
    let all = documents();
    for seed in [21, 22] {
        let mut dice = Dice(seed);
        let server = Server::empty().await;
        let mut mirrors = [Mirror::default(), Mirror::default()];
        for round in 0..24 {
            disturb(&server.database.pool, &all, &mut dice).await;
            // One reads page by page while things change, the other now and then everything.
            mirrors[0].read(&server, 1 + dice.roll(4)).await;
            if dice.roll(6) == 0 {
                mirrors[1].catch_up(&server, 5).await;
                let wrong = difference(&mirrors[1].nodes, &everything(&server).await);
                assert!(wrong.is_empty(), "seed {seed}, round {round}: {}", wrong.join("\n"));
            }
        }
        let truth = everything(&server).await;
        for mirror in &mut mirrors {
            mirror.catch_up(&server, 5).await;
            let wrong = difference(&mirror.nodes, &truth);
            assert!(wrong.is_empty(), "seed {seed}: {}", wrong.join("\n"));
            // Once everything is read, there is nothing more to read.
            mirror.catch_up(&server, 5).await;
            assert_eq!(mirror.told, [], "seed {seed}");
        }
    }
}

#[tokio::test]
async fn nothing_is_missed_while_several_load_at_once() {
    let server = Server::empty().await;
    let loaders: Vec<_> = (0..3)
        .map(|loader| {
            let pool = server.database.pool.clone();
            tokio::spawn(async move {
                let (all, mut dice) = (documents(), Dice(31 + loader));
                for _ in 0..8 {
                    disturb(&pool, &all, &mut dice).await;
                }
            })
        })
        .collect();
    let mut mirror = Mirror::default();
    let mut pages = 0;
    while !loaders.iter().all(tokio::task::JoinHandle::is_finished) {
        mirror.read(&server, 3).await;
        pages += 1;
    }
    for loader in loaders {
        loader.await.unwrap();
    }
    assert!(pages > 3, "read meanwhile");
    mirror.catch_up(&server, 10).await;
    let wrong = difference(&mirror.nodes, &everything(&server).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whoever writes first and commits last must not get a number that readers have passed. No loader's lock helps here:
/// these write by hand.
#[tokio::test]
async fn whoever_commits_last_has_the_last_number_whoever_wrote_first() {
    let server = Server::empty().await;
    let pool = &server.database.pool;
    load(pool, &documents()[0]).await;
    let mut mirror = Mirror::default();
    mirror.catch_up(&server, 10).await;

    let rename = async |transaction: &mut sqlx::Transaction<'_, sqlx::Postgres>, which: &str| {
        let sql =
            format!("UPDATE people SET name = name || 'x' WHERE id = (SELECT {which}(id::text)::uuid FROM people)");
        assert_eq!(sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut **transaction).await.unwrap().rows_affected(), 1);
    };
    let (mut first, mut second) = (pool.begin().await.unwrap(), pool.begin().await.unwrap());
    rename(&mut first, "min").await;
    rename(&mut second, "max").await;
    second.commit().await.unwrap();
    mirror.catch_up(&server, 10).await;
    first.commit().await.unwrap();
    mirror.catch_up(&server, 10).await;
    let wrong = difference(&mirror.nodes, &everything(&server).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Of two that commit at once, the second's number waits for the first's: nobody sees the higher one without the lower.
#[tokio::test]
async fn numbers_are_given_one_transaction_at_a_time() {
    let server = Server::empty().await;
    let pool = &server.database.pool;
    load(pool, &documents()[0]).await;
    // What the end of a transaction does, but still open: it has its number and has not committed.
    let mut first = pool.begin().await.unwrap();
    sqlx::query("UPDATE people SET name = name || 'x' WHERE id = (SELECT min(id::text)::uuid FROM people)")
        .execute(&mut *first)
        .await
        .unwrap();
    sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *first).await.unwrap();
    let mut second = pool.begin().await.unwrap();
    sqlx::query("SET LOCAL lock_timeout = '200ms'").execute(&mut *second).await.unwrap();
    sqlx::query("UPDATE people SET name = name || 'y' WHERE id = (SELECT max(id::text)::uuid FROM people)")
        .execute(&mut *second)
        .await
        .unwrap();
    let refused = sqlx::query("SET CONSTRAINTS ALL IMMEDIATE").execute(&mut *second).await.unwrap_err();
    assert_eq!(
        refused.as_database_error().and_then(sqlx::error::DatabaseError::code).as_deref(),
        Some("55P03"),
        "{refused}"
    );
    first.commit().await.unwrap();
}
