//! Subscriptions: what comes, over a WebSocket and as server-sent events, on whichever server something is loaded.

use axum::{body::Body, http::Request};
use hoinghi::{
    http::{Settings, router},
    ingest::remove,
    store,
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;

use super::{
    super::ask::Server,
    live::{Events, Socket, serve},
    mirror::{Mirror, WHOLE, difference, disturb, everything},
};
use crate::{
    invented::{Dice, documents},
    loading::load,
};

const QUERY: &str =
    "subscription($since: String, $types: [NodeType!]) { changes(since: $since, first: 100, types: $types) {
    nodes { operation type nodeId } pageInfo { endCursor hasNextPage } } }";

/// `Document CREATED`, each once.
fn told(page: &Value) -> Vec<String> {
    let nodes = page["nodes"].as_array().unwrap().iter();
    let mut told: Vec<String> = nodes
        .map(|node| format!("{} {}", node["type"].as_str().unwrap(), node["operation"].as_str().unwrap()))
        .collect();
    told.sort_unstable();
    told.dedup();
    told
}

#[tokio::test]
async fn a_websocket_tells_what_changes_and_goes_on_where_it_was_cut_off() {
    let (server, all) = (Server::empty().await, documents());
    let pool = &server.database.pool;
    let address = serve(server.router.clone()).await;
    let mut socket = Socket::ready(address).await;
    let documents_only = json!({ "types": ["DOCUMENT"] });
    socket.subscribe("a", QUERY, &documents_only).await;
    socket.subscribe("b", QUERY, &json!({ "types": ["DIRECTIVE"] })).await;
    let (mut begun, mut first) = (0, Value::Null);
    while begun < 2 {
        let message = socket.hear().await;
        let page = &message["payload"]["data"]["changes"];
        assert_eq!(page["nodes"], json!([]), "nothing has changed yet, but here is where to come back to");
        assert!(page["pageInfo"]["endCursor"].is_string());
        if message["id"] == json!("a") {
            first = page["pageInfo"]["endCursor"].clone();
        }
        begun += 1;
    }
    load(pool, &all[0]).await;
    let page = socket.changes("a").await;
    assert_eq!(told(&page), ["DOCUMENT CREATED"]);
    // The other is not told of what it has not asked for, nor is anybody of what has not changed.
    load(pool, &all[0]).await;
    assert!(socket.is_silent().await);
    socket.say(&json!({ "id": "b", "type": "complete" })).await;
    remove(pool, &all[0].0.slug).await.unwrap();
    assert_eq!(told(&socket.changes("a").await), ["DOCUMENT DELETED"]);
    drop(socket);

    // Meanwhile nobody listens.
    load(pool, &all[1]).await;
    let mut socket = Socket::ready(address).await;
    let since = page["pageInfo"]["endCursor"].clone();
    socket.subscribe("a", QUERY, &json!({ "types": ["DOCUMENT"], "since": since })).await;
    assert_eq!(told(&socket.changes("a").await), ["DOCUMENT CREATED", "DOCUMENT DELETED"]);
    socket.subscribe("b", QUERY, &json!({ "types": ["DOCUMENT"], "since": first })).await;
    assert_eq!(told(&socket.changes("b").await), ["DOCUMENT CREATED", "DOCUMENT DELETED"]);
    load(pool, &all[2]).await;
    for _ in 0..2 {
        let message = socket.hear().await;
        let told = told(&message["payload"]["data"]["changes"]);
        assert!(told.contains(&"DOCUMENT CREATED".to_owned()), "{message:#}");
    }
    // A query is answered too, and over.
    socket.subscribe("q", "{ documents { totalCount } }", &json!({})).await;
    let message = socket.hear().await;
    assert_eq!(
        message,
        json!({ "id": "q", "type": "next", "payload": { "data": { "documents": { "totalCount": 2 } } } })
    );
    assert_eq!(socket.hear().await, json!({ "id": "q", "type": "complete" }));
}

#[tokio::test]
async fn a_websocket_is_spoken_to_as_the_protocol_has_it() {
    let server = Server::empty().await;
    let address = serve(server.router.clone()).await;
    let protocol = ("sec-websocket-protocol", "graphql-transport-ws");
    let subscribe = json!({ "id": "a", "type": "subscribe", "payload": { "query": QUERY } }).to_string();
    let init = r#"{"type":"connection_init","payload":{"any":1}}"#;
    for (said, code) in [
        (vec!["{"], 4400),
        (vec![r#"{"type":"start"}"#], 4400),
        (vec![r#"{"id":1,"type":"subscribe"}"#], 4400),
        (vec![&subscribe], 4401),
        (vec![init, init], 4429),
        (vec![init, &subscribe, &subscribe], 4409),
    ] {
        let mut socket = Socket::open(address, &[protocol]).await.unwrap();
        for text in &said {
            socket.say_text(text).await;
        }
        let closed = loop {
            if let Err(code) = socket.heard().await {
                break code;
            }
        };
        assert_eq!(closed, code, "{said:?}");
    }
    assert_eq!(Socket::open(address, &[]).await.unwrap().heard().await, Err(4406));

    let mut socket = Socket::ready(address).await;
    socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(socket.hear().await, json!({ "type": "pong" }));
    for (query, code) in [
        ("subscription { nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("subscription { changes(", "GRAPHQL_PARSE_FAILED"),
        ("mutation { x }", "GRAPHQL_VALIDATION_FAILED"),
    ] {
        socket.subscribe("a", query, &json!({})).await;
        let message = socket.hear().await;
        assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("a")), "{message:#}");
        assert_eq!(message["payload"][0]["extensions"]["code"], json!(code), "{message:#}");
    }
    for since in ["nonsense", ""] {
        socket.subscribe("a", QUERY, &json!({ "since": since })).await;
        let message = socket.hear().await;
        assert_eq!(message["payload"]["errors"][0]["extensions"]["code"], json!("BAD_USER_INPUT"), "{message:#}");
        assert_eq!(socket.hear().await, json!({ "id": "a", "type": "complete" }));
    }
    // A page of another site; one of our own.
    let foreign = Socket::open(address, &[protocol, ("origin", "https://example.org")]).await;
    assert!(matches!(foreign, Err(Error::Http(response)) if response.status() == 403));
    Socket::open(address, &[protocol, ("origin", &format!("http://{address}"))]).await.unwrap();
    // Too many at once.
    for n in 0..21 {
        socket.subscribe(&n.to_string(), QUERY, &json!({})).await;
    }
    let mut refused = Vec::new();
    for _ in 0..21 {
        let message = socket.hear().await;
        if message["type"] == json!("error") {
            refused.push(message["payload"][0]["extensions"].clone());
        }
    }
    assert_eq!(refused, [json!({ "code": "RATE_LIMITED", "retryAfter": 30 })]);
}

#[tokio::test]
async fn server_sent_events_tell_the_same() {
    let (server, all) = (Server::empty().await, documents());
    let pool = &server.database.pool;
    let router = &server.router;
    let mut events = Events::open(router, QUERY, &json!({ "types": ["DOCUMENT"] })).await;
    let begun = events.changes().await;
    assert_eq!(begun["nodes"], json!([]));
    load(pool, &all[0]).await;
    assert_eq!(told(&events.changes().await), ["DOCUMENT CREATED"]);
    drop(events);
    load(pool, &all[1]).await;
    let since = &begun["pageInfo"]["endCursor"];
    let mut events = Events::open(router, QUERY, &json!({ "types": ["DOCUMENT"], "since": since })).await;
    let page = events.changes().await;
    assert_eq!(page["nodes"].as_array().unwrap().len(), 2, "{page:#}");

    // A query over GET; what is refused.
    let get = |query: &str| {
        let request = Request::get(format!("/graphql?query={query}")).header("accept", "text/event-stream");
        request.body(Body::empty()).unwrap()
    };
    let mut events = Events::of(router, get("%7B__typename%7D")).await;
    assert_eq!(events.next().await, Some(("next".to_owned(), json!({ "data": { "__typename": "Query" } }))));
    assert_eq!(events.next().await, Some(("complete".to_owned(), Value::Null)));
    assert_eq!(events.next().await, None);
    let mut events = Events::of(router, get("%7Bnothing%7D")).await;
    let (name, data) = events.next().await.unwrap();
    assert_eq!(
        (name.as_str(), &data["errors"][0]["extensions"]["code"]),
        ("next", &json!("GRAPHQL_VALIDATION_FAILED"))
    );
    assert_eq!(events.next().await.unwrap().0, "complete");
    // Who takes JSON as gladly gets events of a subscription only.
    let all = "application/graphql-response+json, application/json, text/event-stream, multipart/mixed";
    let asked = |query: &str| {
        let request = Request::post("/graphql").header("content-type", "application/json").header("accept", all);
        request.body(Body::from(json!({ "query": query }).to_string())).unwrap()
    };
    let answer = server.request(asked("{ __typename }")).await;
    assert_eq!(answer.header("content-type"), "application/graphql-response+json; charset=utf-8");
    assert_eq!(answer.json(), json!({ "data": { "__typename": "Query" } }));
    Events::of(router, asked("subscription { changes { nodes { nodeId } } }")).await.changes().await;
    let refused = Request::get("/graphql").header("accept", "text/event-stream").body(Body::empty()).unwrap();
    let refused = server.request(refused).await;
    let code = refused.json()["errors"][0]["extensions"]["code"].clone();
    assert_eq!((refused.status.as_u16(), code), (400, json!("BAD_REQUEST")));
    let answer = server.ask("subscription { changes { nodes { nodeId } } }").await;
    assert!(answer["errors"][0]["message"].as_str().unwrap().contains("text/event-stream"), "{answer:#}");
}

#[tokio::test]
async fn two_servers_on_one_database_tell_the_same_and_who_waits_holds_no_connection() {
    let server = Server::empty().await;
    let other = store::connect(&server.database.url, 2).await.unwrap();
    let other = router(other, Settings::default());
    let addresses = [serve(server.router.clone()).await, serve(other.clone()).await];
    let mut sockets = Vec::new();
    for at in 0..40 {
        let mut socket = Socket::ready(addresses[at % 2]).await;
        socket.subscribe("a", QUERY, &json!({ "types": ["DOCUMENT"] })).await;
        socket.changes("a").await;
        sockets.push(socket);
    }
    let mut events = Events::open(&other, QUERY, &json!({ "types": ["DOCUMENT"] })).await;
    events.changes().await;
    load(&server.database.pool, &documents()[0]).await;
    for socket in &mut sockets {
        assert_eq!(told(&socket.changes("a").await), ["DOCUMENT CREATED"]);
    }
    assert_eq!(told(&events.changes().await), ["DOCUMENT CREATED"]);
    let count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()";
    let sessions: i64 = sqlx::query_scalar(count).fetch_one(&server.database.pool).await.unwrap();
    // Both pools whole, and one connection of each server that listens.
    assert!(sessions <= 5 + 2 + 2, "{sessions} sessions for 41 subscribers");
}

#[tokio::test]
async fn what_changes_while_nobody_can_be_woken_is_told_all_the_same() {
    let server = Server::empty().await;
    let pool = &server.database.pool;
    let address = serve(server.router.clone()).await;
    let mut socket = Socket::ready(address).await;
    socket.subscribe("a", QUERY, &json!({ "types": ["DOCUMENT"] })).await;
    socket.changes("a").await;
    // Until it listens.
    let listener = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND (query LIKE 'LISTEN%' OR query = 'SELECT number FROM data_version')";
    let pid: i32 = loop {
        match sqlx::query_scalar(listener).fetch_optional(pool).await.unwrap() {
            Some(pid) => break pid,
            None => tokio::time::sleep(std::time::Duration::from_millis(10)).await,
        }
    };
    let mut transaction = pool.begin().await.unwrap();
    sqlx::query("SELECT pg_terminate_backend($1)").bind(pid).execute(&mut *transaction).await.unwrap();
    sqlx::query(
        "INSERT INTO documents (id, slug, title, kind, text, content_hash)
         VALUES (gen_random_uuid(), 'a', 'a', 'OTHER', 'a', decode(repeat('00', 32), 'hex'))",
    )
    .execute(&mut *transaction)
    .await
    .unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(told(&socket.changes("a").await), ["DOCUMENT CREATED"]);
    load(pool, &documents()[0]).await;
    assert_eq!(told(&socket.changes("a").await), ["DOCUMENT CREATED"], "and it listens again");
}

#[tokio::test]
async fn a_copy_kept_by_a_subscription_is_what_the_server_has() {
    let (server, all) = (Server::empty().await, documents());
    let address = serve(server.router.clone()).await;
    load(&server.database.pool, &all[0]).await;
    let mut mirror = Mirror::default();
    mirror.catch_up(&server, 10).await;
    let query = format!(
        "subscription($since: String) {{ changes(since: $since, first: 5) {{
            nodes {{ operation type nodeId changedAt node {{ ...Whole }} }} pageInfo {{ endCursor }} }} }} {WHOLE}"
    );
    let mut socket = Socket::ready(address).await;
    socket.subscribe("a", &query, &json!({ "since": mirror.cursor })).await;
    let pool = server.database.pool.clone();
    let disturbed = tokio::spawn(async move {
        let mut dice = Dice(41);
        for _ in 0..10 {
            disturb(&pool, &documents(), &mut dice).await;
        }
        // Something that tells it is over.
        let mut last = documents().remove(7);
        last.0.slug = "z-cuoi".to_owned();
        load(&pool, &last).await;
    });
    while !mirror.nodes.values().any(|node| node["slug"] == json!("z-cuoi")) {
        let page = socket.changes("a").await;
        page["nodes"].as_array().unwrap().iter().for_each(|change| mirror.apply(change));
    }
    disturbed.await.unwrap();
    let wrong = difference(&mirror.nodes, &everything(&server).await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn when_the_server_stops_subscriptions_are_told() {
    let database = crate::support::database().await;
    let settings = Settings::default();
    let stop = settings.stop.clone();
    let router = router(database.pool.clone(), settings);
    let address = serve(router.clone()).await;
    let mut socket = Socket::ready(address).await;
    socket.subscribe("a", QUERY, &json!({})).await;
    socket.changes("a").await;
    let mut events = Events::open(&router, QUERY, &json!({})).await;
    events.changes().await;
    let stopping = tokio::spawn(async move { stop.now().await });
    assert_eq!(socket.hear().await, json!({ "id": "a", "type": "complete" }));
    assert_eq!(socket.heard().await, Err(1001));
    assert_eq!(events.next().await.unwrap().0, "complete");
    assert_eq!(events.next().await, None);
    stopping.await.unwrap();
}
