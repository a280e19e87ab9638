//! What a client may use, it may use of all servers together.

use hoinghi::{access::create, http::Settings};
use serde_json::{Value, json};

use super::{beside, two};
use crate::{
    api::{
        ask::Server,
        trust::{Hands, code, send, told},
    },
    support,
};

/// A query of this cost.
fn costs(cost: usize) -> Value {
    let fields = (1..cost).map(|n| format!("f{n}: id")).collect::<Vec<_>>().join(" ");
    if cost == 1 {
        json!({ "query": "{ __typename }" })
    } else {
        json!({ "query": format!("{{ document(slug: \"\") {{ {fields} }} }}") })
    }
}

/// Whether so much may still be used, and uses it.
async fn uses(server: &Server, cost: usize) -> bool {
    let reply = server.post(&costs(cost)).await;
    assert!([200, 429].contains(&reply.status.as_u16()), "{}", reply.text());
    reply.status.as_u16() == 200
}

async fn limits(server: &Server) -> Value {
    server.data("{ rateLimit { cost limit remaining resetAt } }").await["rateLimit"].take()
}

#[tokio::test]
async fn a_client_of_two_servers_has_one_limit() {
    let hands = Hands::new();
    let (one, other) = two(&hands, Settings { rate_limit: Some(60), ..Settings::default() }).await;
    assert!(uses(&one, 40).await);
    let left = json!({ "cost": 5, "limit": 60, "remaining": 15, "resetAt": "2023-11-14T22:14:05Z" });
    assert_eq!(limits(&other).await, left, "it knows of the other's forty");
    assert!(!uses(&other, 16).await);
    assert!(uses(&one, 15).await, "to the last");
    assert!(!uses(&one, 1).await);
    hands.wait(10);
    assert!(!uses(&other, 11).await);
    assert!(uses(&other, 9).await);
    assert_eq!(one.post(&json!({ "query": "{ nothing }" })).await.header("ratelimit"), "\"cost\";r=1;t=59");
    assert!(!uses(&one, 2).await);
    hands.wait(50);
    assert_eq!(one.post(&json!({ "query": "{ nothing }" })).await.header("ratelimit"), "\"cost\";r=51;t=9");
}

#[tokio::test]
async fn a_client_who_asks_all_at_once_gets_little_more_than_its_limit() {
    let hands = Hands::new();
    let settings = Settings { rate_limit: Some(600), ..Settings::default() };
    let (one, other) = two(&hands, settings.clone()).await;
    let third = beside(&one, Settings { clock: hands.clock(), ..settings }).await;
    let servers = [&one, &other, &third];
    let mut used = 0;
    for cost in [7, 3] {
        loop {
            let asked = servers.iter().cycle().take(30).map(|server| uses(server, cost));
            let taken = futures_util::future::join_all(asked).await.into_iter().filter(|taken| *taken).count();
            used += taken * cost;
            if taken == 0 {
                break;
            }
        }
    }
    // A tenth for each of two more servers.
    assert!((595..=600 + 2 * 60).contains(&used), "{used}");
}

#[tokio::test]
async fn a_key_has_one_limit_whichever_address_and_server() {
    let hands = Hands::new();
    let (one, other) = two(&hands, Settings { rate_limit: Some(60), ..Settings::default() }).await;
    let key = format!("Bearer {}", create(&one.database.pool, "a", Some(120)).await.unwrap());
    let mut left = 120;
    for (server, peer) in [(&one, "192.0.2.1"), (&other, "192.0.2.2"), (&one, "2001:db8::1"), (&other, "192.0.2.1")] {
        hands.wait(1);
        let headers = [("authorization", key.as_str()), ("peer", peer)];
        let reply = send(server, "/graphql", &headers, &costs(20).to_string()).await;
        left = (left + 2).min(120) - 20;
        let told = format!("\"cost\";r={left}");
        assert!(reply.header("ratelimit").starts_with(&told), "{:?} {told}", reply.headers);
    }
    // Addresses have theirs, each.
    let reply = send(&other, "/graphql", &[("peer", "192.0.2.1")], &costs(20).to_string()).await;
    assert!(reply.header("ratelimit").starts_with("\"cost\";r=40"), "{:?}", reply.headers);
}

#[tokio::test]
async fn the_database_is_mostly_not_asked_and_forgets_who_has_all_again() {
    let hands = Hands::new();
    let settings = Settings { rate_limit: Some(1_000_000), clock: hands.clock(), ..Settings::default() };
    let server = told(settings).await;
    let requests = 300;
    let statements = support::statements(async {
        for _ in 0..requests {
            server.data("{ __typename }").await;
        }
    });
    let statements = statements.await;
    assert!((1..requests / 10).contains(&statements), "{statements} statements for {requests} requests");
    // What was not told at once is told soon.
    let told = "SELECT round(extract(epoch FROM full_at - $1) / 60 * 1000000)::bigint FROM budgets";
    let is_told = || {
        let told = sqlx::query_scalar::<_, i64>(told).bind(hands.clock().now());
        told.fetch_optional(&server.database.pool)
    };
    while is_told().await.unwrap() != Some(300) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    // Somebody else comes after that has grown again.
    hands.wait(100);
    for _ in 0..2 {
        send(&server, "/graphql", &[("peer", "192.0.2.7")], &costs(1).to_string()).await;
    }
    let clients = "SELECT array_agg(client) FROM budgets";
    let clients = || sqlx::query_scalar::<_, Vec<Vec<u8>>>(clients).fetch_one(&server.database.pool);
    while clients().await.unwrap() != [vec![192, 0, 2, 7]] {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn without_the_database_each_server_counts_by_itself() {
    let hands = Hands::new();
    let (one, other) = two(&hands, Settings { rate_limit: Some(60), ..Settings::default() }).await;
    assert!(uses(&one, 20).await && uses(&other, 20).await);
    other.database.pool.close().await;
    // It knows of forty. The query itself has no answer then, but is paid.
    let unavailable = other.post(&costs(15)).await.json();
    assert_eq!(code(&unavailable), "UNAVAILABLE");
    assert!(!uses(&other, 6).await);
    assert!(uses(&one, 20).await, "it has not heard of these");
    hands.wait(4);
    assert!(!uses(&other, 10).await, "nine are left here");
    assert!(uses(&other, 9).await);
}
