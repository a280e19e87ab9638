//! Servers keep nothing that another would miss: what one has told holds on the other.

use hoinghi::{
    access,
    http::Settings,
    ingest::{load_extraction, remove},
};
use serde_json::json;

use super::two;
use crate::{
    api::{
        ask::Server,
        follow::live::{Events, Socket, serve},
        trust::{Hands, path, send},
    },
    invented::documents,
};

async fn load(server: &Server, which: usize) {
    let (source, extraction) = documents().remove(which);
    load_extraction(&server.database.pool, &source, &extraction).await.unwrap();
}

#[tokio::test]
async fn a_copy_from_one_server_is_good_or_not_on_the_other() {
    let (one, other) = two(&Hands::new(), Settings::default()).await;
    let asked = path(&[("query", "{ documents { totalCount nodes { slug loadedAt } } }")]);
    let mut last = String::new();
    // Whatever happens to the data, wherever, both say the same of a copy, from the moment that it has happened.
    for which in [0, 1, 2] {
        load(if which == 1 { &one } else { &other }, which).await;
        let fresh = send(&one, &asked, &[("if-none-match", &last)], "").await;
        assert_eq!(fresh.status.as_u16(), 200);
        assert_eq!(fresh.json()["data"]["documents"]["totalCount"], which + 2);
        let tag = fresh.header("etag").to_owned();
        let held = send(&other, &asked, &[("if-none-match", &tag)], "").await;
        assert_eq!((held.status.as_u16(), held.header("etag")), (304, tag.as_str()));
        assert_eq!(send(&other, &asked, &[], "").await.body, fresh.body);
        assert_eq!(send(&other, &asked, &[("if-none-match", &last)], "").await.status.as_u16(), 200);
        last = tag;
    }
}

#[tokio::test]
async fn who_follows_changes_may_go_from_one_server_to_the_other() {
    let (one, other) = two(&Hands::new(), Settings::default()).await;
    let (mut since, mut found) = (json!(null), Vec::new());
    load(&one, 0).await;
    // A page of one, of the other, and something is loaded in between.
    for turn in 0.. {
        if turn == 4 {
            load(&other, 1).await;
            remove(&one.database.pool, &documents()[0].0.slug).await.unwrap();
        }
        let server = if turn % 2 == 0 { &one } else { &other };
        let query = "query ($since: String) { changes(since: $since, first: 1, types: [DOCUMENT]) {
            nodes { operation nodeId } pageInfo { endCursor hasNextPage } } }";
        let mut answer = server.post(&json!({ "query": query, "variables": { "since": since } })).await.json();
        assert!(answer.get("errors").is_none(), "{answer:#}");
        let mut page = answer["data"]["changes"].take();
        found.extend(page["nodes"].as_array().unwrap().iter().map(|node| node["operation"].clone()));
        since = page["pageInfo"]["endCursor"].take();
        if turn > 4 && page["pageInfo"]["hasNextPage"] == json!(false) {
            break;
        }
    }
    found[2..].sort_unstable_by_key(ToString::to_string);
    assert_eq!(found, ["CREATED", "CREATED", "CREATED", "DELETED"]);
}

#[tokio::test]
async fn subscribers_of_both_servers_are_told_and_may_change_over() {
    let (one, other) = two(&Hands::new(), Settings::default()).await;
    let query = "subscription ($since: String) { changes(since: $since, types: [DOCUMENT]) {
        nodes { operation node { ... on Document { slug } } } pageInfo { endCursor } } }";
    let mut socket = Socket::ready(serve(one.router.clone()).await).await;
    socket.subscribe("a", query, &json!({})).await;
    let begun = socket.changes("a").await;
    let mut events = Events::open(&other.router, query, &json!({})).await;
    events.changes().await;
    load(&other, 0).await;
    let slug = &documents()[0].0.slug;
    let told = json!([{ "operation": "CREATED", "node": { "slug": slug } }]);
    assert_eq!((&socket.changes("a").await["nodes"], &events.changes().await["nodes"]), (&told, &told));
    // Cut off here, it goes on there.
    drop(socket);
    let mut socket = Socket::ready(serve(other.router.clone()).await).await;
    socket.subscribe("b", query, &json!({ "since": begun["pageInfo"]["endCursor"] })).await;
    assert_eq!(socket.changes("b").await["nodes"], told);
}

#[tokio::test]
async fn a_key_made_or_revoked_counts_on_both() {
    let hands = Hands::new();
    let (one, other) = two(&hands, Settings { require_api_key: true, ..Settings::default() }).await;
    let key = access::create(&one.database.pool, "a", None).await.unwrap();
    let bearer = format!("Bearer {key}");
    for status in [200, 401] {
        for server in [&one, &other] {
            let reply = send(server, &path(&[("query", "{ __typename }")]), &[("authorization", &bearer)], "").await;
            assert_eq!(reply.status.as_u16(), status);
        }
        if status == 200 {
            access::revoke(&other.database.pool, "a").await.unwrap();
            hands.wait(2);
        }
    }
}
