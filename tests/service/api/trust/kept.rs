//! Answers that the server keeps: the same as ever, paid as ever, and never of before a load that was reported done.

use hoinghi::{
    http::{Settings, router},
    ingest::{load_extraction, settle},
};
use serde_json::json;

use super::{Hands, told};
use crate::{api::ask::Server, invented, support};

const QUERY: &str =
    "query ($first: Int) { documents(first: $first) { totalCount nodes { slug tasks { nodes { text } } } } }";

fn keeping() -> Settings {
    Settings { answer_cache: 1024 * 1024, ..Settings::default() }
}

async fn load(server: &Server, n: usize) {
    let (source, extraction) = invented::documents().remove(n);
    load_extraction(&server.database.pool, &source, &extraction).await.unwrap();
    settle().await;
}

#[tokio::test]
async fn an_answer_is_read_once_until_something_is_loaded() {
    let server = told(keeping()).await;
    let other = Server { router: router(server.database.pool.clone(), keeping()), database: support::database().await };
    let ask = |first: u32| json!({ "query": QUERY, "variables": { "first": first } });
    let mut seen = Vec::new();
    for n in 0..3 {
        for server in [&server, &other] {
            let first = server.post(&ask(5)).await;
            let again = server.post(&ask(5)).await;
            assert_eq!(first.body, again.body);
            assert_eq!(first.json()["data"]["documents"]["totalCount"], 1 + n, "on either server");
            // Another variable, another answer.
            assert_eq!(server.post(&ask(0)).await.json()["data"]["documents"]["nodes"], json!([]));
        }
        seen.push(server.post(&ask(5)).await.body);
        load(&server, n).await;
    }
    seen.dedup();
    assert_eq!(seen.len(), 3);
}

#[tokio::test]
async fn a_kept_answer_sends_no_statement_but_for_the_version() {
    let server = told(keeping()).await;
    let ask = async || server.post(&json!({ "query": QUERY })).await;
    ask().await;
    let hundred = support::statements(async {
        for _ in 0..100 {
            ask().await;
        }
    });
    // One a lease, however long the hundred take; a machine that stands still may see one more each time.
    assert!(hundred.await <= 100, "no more than the version");
    let read =
        support::statements(async { server.post(&json!({ "query": QUERY, "variables": { "first": 7 } })).await });
    assert!(read.await >= 1);
}

#[tokio::test]
async fn it_costs_what_it_costs_and_tells_so() {
    let limited = || Settings { rate_limit: Some(5_000), clock: Hands::new().clock(), ..keeping() };
    let server = told(limited()).await;
    let ask = async || server.post(&json!({ "query": QUERY, "extensions": { "cost": true } })).await;
    let (first, again) = (ask().await.json(), ask().await.json());
    assert_eq!(first, again);
    let cost = first["extensions"]["cost"]["cost"].as_u64().unwrap();
    let mut paid = 2 * cost;
    while paid + cost <= 5_000 {
        assert_eq!(ask().await.json(), first);
        paid += cost;
    }
    assert_eq!(ask().await.json()["errors"][0]["extensions"]["code"], "RATE_LIMITED", "{paid} of {cost} each");
    // What is left of a budget is another thing every time.
    let server = told(limited()).await;
    let left = || async { server.data("{ rateLimit { remaining } documents { totalCount } }").await };
    assert_ne!(left().await, left().await);
}

#[tokio::test]
async fn what_failed_is_not_kept() {
    let server = told(keeping()).await;
    let query = "{ a: documents(after: \"x\") { totalCount } b: documents { totalCount } }";
    let first = server.ask(query).await;
    load(&server, 0).await;
    assert_eq!(first["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert_eq!(server.ask(query).await["errors"], first["errors"]);
}
