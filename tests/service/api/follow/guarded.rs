//! What keeps connections that stay open within bounds: keys, budgets, places.

use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, request::Builder},
};
use hoinghi::{
    access,
    http::{Settings, router},
};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Error;
use tower::ServiceExt;

use super::{
    super::{ask::Server, trust::Hands},
    live::{Events, Socket, serve},
};
use crate::{invented::documents, loading::load};

const QUERY: &str = "subscription { changes(first: 50) { nodes { nodeId } pageInfo { endCursor } } }";
const PROTOCOL: (&str, &str) = ("sec-websocket-protocol", "graphql-transport-ws");

fn request() -> Builder {
    Request::post("/graphql").header("content-type", "application/json").header("accept", "text/event-stream")
}

fn events(body: &Value) -> Request<Body> {
    request().body(body.to_string().into()).unwrap()
}

#[tokio::test]
async fn a_connection_lives_no_longer_than_its_key() {
    let (hands, database) = (Hands::new(), crate::support::database().await);
    let pool = &database.pool;
    let settings = Settings { require_api_key: true, clock: hands.clock(), ..Settings::default() };
    let router = router(pool.clone(), settings);
    let address = serve(router.clone()).await;
    let bearer = format!("Bearer {}", access::create(pool, "a", None).await.unwrap());
    let mut opened = Vec::new();
    for (payload, closed) in [
        (json!({}), Some(4403)),
        (json!(null), Some(4403)),
        (json!({ "Authorization": "Bearer x" }), Some(4403)),
        (json!({ "Authorization": "Basic eDp5" }), Some(4403)),
        (json!({ "Authorization": bearer }), None),
        (json!({ "authorization": bearer }), None),
    ] {
        let mut socket = Socket::open(address, &[PROTOCOL]).await.unwrap();
        socket.say(&json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(socket.heard().await.err(), closed, "{payload}");
        opened.push(socket);
    }
    let (mut idle, mut following) = (opened.pop().unwrap(), opened.pop().unwrap());
    following.subscribe("a", QUERY, &json!({})).await;
    following.changes("a").await;
    let body = json!({ "query": QUERY });
    let with_key = request().header("authorization", &bearer).body(body.to_string().into()).unwrap();
    let mut told = Events::of(&router, with_key).await;
    told.changes().await;

    access::revoke(pool, "a").await.unwrap();
    hands.wait(2);
    idle.subscribe("a", "{ __typename }", &json!({})).await;
    assert_eq!(idle.heard().await, Err(4403));
    load(pool, &documents()[0]).await;
    assert_eq!(following.heard().await, Err(4403));
    let (_, refused) = told.next().await.unwrap();
    assert_eq!(refused["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{refused:#}");
    assert_eq!(told.next().await.unwrap().0, "complete");
}

#[tokio::test]
async fn whoever_has_used_his_budget_up_is_told_at_first_and_later_waits() {
    let (hands, database) = (Hands::new(), crate::support::database().await);
    let pool = &database.pool;
    let free = router(pool.clone(), Settings::default());
    let body = json!({ "query": QUERY, "extensions": { "cost": true } });
    let (_, page) = Events::of(&free, events(&body)).await.next().await.unwrap();
    let cost = u32::try_from(page["extensions"]["cost"]["cost"].as_u64().unwrap()).unwrap();
    // Enough for one page, and a little less than enough for two.
    let settings = Settings { rate_limit: Some(2 * cost - 10), clock: hands.clock(), ..Settings::default() };
    let address = serve(router(pool.clone(), settings)).await;
    let mut socket = Socket::ready(address).await;
    socket.subscribe("a", QUERY, &json!({})).await;
    socket.changes("a").await;
    socket.subscribe("b", QUERY, &json!({})).await;
    let message = socket.hear().await;
    assert_eq!((&message["type"], &message["id"]), (&json!("error"), &json!("b")), "{message:#}");
    let told = &message["payload"][0]["extensions"];
    assert_eq!(told["code"], json!("RATE_LIMITED"), "{message:#}");
    assert!(told["retryAfter"].as_u64().unwrap() > 0, "{message:#}");
    load(pool, &documents()[0]).await;
    assert!(socket.is_silent().await);
    hands.wait(30);
    assert!(!socket.changes("a").await["nodes"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn looking_for_news_is_paid_for() {
    let (hands, mut server) = (Hands::new(), Server::empty().await);
    let settings = Settings { rate_limit: Some(10_000), clock: hands.clock(), ..Settings::default() };
    server.router = router(server.database.pool.clone(), settings);
    let mut socket = Socket::ready(serve(server.router.clone()).await).await;
    let query = "subscription { changes(types: [DIRECTIVE]) { nodes { nodeId } } }";
    socket.subscribe("a", query, &json!({})).await;
    socket.changes("a").await;
    assert!(socket.is_silent().await, "it has begun to listen");
    // Asking takes one itself, and no time passes that would give any back.
    let left = async || {
        let reply = server.post(&json!({ "query": "{ __typename }" })).await;
        let left = reply.header("ratelimit").split(['=', ';']).nth(2).unwrap().parse::<i32>();
        left.unwrap()
    };
    let before = left().await;
    load(&server.database.pool, &documents()[0]).await;
    let mut asked = 0;
    while left().await >= before - asked - 1 {
        asked += 1;
        assert!(asked < 100 && socket.is_silent().await, "no look was paid for");
    }
}

#[tokio::test]
async fn one_client_cannot_take_all_places() {
    let server = Server::empty().await;
    let body = json!({ "query": QUERY });
    let open = async |address: [u8; 4]| {
        let from = ConnectInfo(std::net::SocketAddr::from((address, 50_000)));
        let request = request().extension(from).body(Body::from(body.to_string())).unwrap();
        server.router.clone().oneshot(request).await.unwrap()
    };
    let here = [127, 0, 0, 1];
    let mut all = Vec::new();
    for _ in 0..100 {
        all.push(open(here).await);
    }
    assert!(all.iter().all(|response| response.status() == 200));
    let refused = open(here).await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["retry-after"]), (429, &"30".parse().unwrap()));
    let address = serve(server.router.clone()).await;
    match Socket::open(address, &[PROTOCOL]).await {
        Err(Error::Http(response)) => {
            assert_eq!((response.status().as_u16(), response.headers()["retry-after"].as_bytes()), (429, &b"30"[..]));
        }
        _ => panic!("a place too many"),
    }
    assert_eq!(open([192, 0, 2, 1]).await.status(), 200, "somebody else has places of his own");
    all.pop();
    assert_eq!(open(here).await.status(), 200);
}

#[tokio::test]
async fn what_is_kept_is_bounded_and_a_query_keeps_nothing() {
    let server = Server::empty().await;
    let long = "x".repeat(70_000);
    for (query, code) in [
        ("subscription($a: String) { changes(since: $a) { nodes { nodeId } } }", json!("PAYLOAD_TOO_LARGE")),
        ("query($a: String!) { document(slug: $a) { id } }", Value::Null),
    ] {
        let (_, answer) = Events::open(&server.router, query, &json!({ "a": long })).await.next().await.unwrap();
        assert_eq!(answer["errors"][0]["extensions"]["code"], code, "{query}");
    }
    // While a query waits for the database, nobody listens for it.
    let mut lock = server.database.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE documents").execute(&mut *lock).await.unwrap();
    let router = server.router.clone();
    let waiting = tokio::spawn(async move {
        let query = "{ documents { nodes { id } } }";
        Events::open(&router, query, &json!({})).await.next().await
    });
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    let listeners = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND (query LIKE 'LISTEN%' OR query = 'SELECT number FROM data_version')";
    let count: i64 = sqlx::query_scalar(listeners).fetch_one(&mut *lock).await.unwrap();
    assert_eq!(count, 0);
    lock.rollback().await.unwrap();
    assert!(waiting.await.unwrap().unwrap().1["data"]["documents"].is_object());
}
