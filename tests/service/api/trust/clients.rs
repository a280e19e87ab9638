//! API keys and budgets.

use hoinghi::{
    access,
    http::{Settings, router},
};
use serde_json::json;

use super::{Hands, code, path, send, told};
use crate::api::ask::{Reply, Server};

/// Costs two.
const TWO: &str = r#"{"query":"{ document(slug: \"\") { id } }","extensions":{"cost":true}}"#;

async fn ask(server: &Server, headers: &[(&str, &str)]) -> Reply {
    send(server, "/graphql", headers, TWO).await
}

#[tokio::test]
async fn a_key_opens_what_needs_one_until_it_is_revoked() {
    let hands = Hands::new();
    let server = told(Settings { require_api_key: true, clock: hands.clock(), ..Settings::default() }).await;
    let pool = &server.database.pool;
    let key = access::create(pool, "giữ hộ", None).await.unwrap();
    assert!(key.len() == "hoinghi_".len() + 64 && key != access::create(pool, "other", None).await.unwrap());
    let (bearer, almost) = (format!("Bearer {key}"), format!("Bearer {}x", &key[..key.len() - 1]));
    let cases = [(bearer.as_str(), 200), ("Bearer x", 401), (almost.as_str(), 401), ("", 401), ("Basic eDp5", 401)];
    for (value, status) in cases {
        let reply = ask(&server, &[("authorization", value)]).await;
        assert_eq!(reply.status.as_u16(), status, "{value}");
        assert_eq!(code(&reply.json()), if status == 401 { "UNAUTHENTICATED" } else { "" }, "{value}");
        assert_eq!(reply.header("www-authenticate").starts_with("Bearer"), status == 401, "{value}");
    }
    assert_eq!(ask(&server, &[("authorization", &bearer.replace("Bearer", "bearer"))]).await.status.as_u16(), 200);
    // What is no answer about the data needs none.
    for open in ["/", "/health/ready"] {
        assert_eq!(send(&server, open, &[], "").await.status.as_u16(), 200, "{open}");
    }

    // The key itself stands nowhere in the database.
    let stored: Vec<String> = sqlx::query_scalar("SELECT k::text FROM api_keys k").fetch_all(pool).await.unwrap();
    assert!(stored.len() == 2 && stored.iter().all(|row| !row.contains(&key["hoinghi_".len()..])), "{stored:?}");

    assert!(access::create(pool, "giữ hộ", None).await.is_err(), "a name is taken once");
    access::revoke(pool, "giữ hộ").await.unwrap();
    hands.wait(2);
    assert_eq!(ask(&server, &[("authorization", &bearer)]).await.status.as_u16(), 401);
    assert!(access::revoke(pool, "giữ hộ").await.is_err(), "nothing is left to revoke");
    let again = access::create(pool, "giữ hộ", None).await.unwrap();
    hands.wait(2);
    assert_eq!(ask(&server, &[("authorization", &format!("Bearer {again}"))]).await.status.as_u16(), 200);
    // As long as the database is away, for a minute, the last that it said is believed.
    pool.close().await;
    for (wait, status) in [(59, 200), (1, 503)] {
        hands.wait(wait);
        let reply = ask(&server, &[("authorization", &format!("Bearer {again}"))]).await;
        assert_eq!(reply.status.as_u16(), status);
    }
}

#[tokio::test]
async fn while_the_database_hangs_nobody_waits_for_the_others() {
    let server = told(Settings { clock: Hands::new().clock(), ..Settings::default() }).await;
    let mut lock = server.database.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE api_keys").execute(&mut *lock).await.unwrap();
    let headers = [("authorization", "Bearer x")];
    let all = futures_util::future::join_all((0..6).map(|_| ask(&server, &headers)));
    // One asks, for two seconds; six would, for twelve.
    let all = tokio::time::timeout(std::time::Duration::from_secs(8), all).await.expect("not one after the other");
    for reply in all {
        assert_eq!((reply.status.as_u16(), code(&reply.json())), (503, "UNAVAILABLE"));
    }
}

#[tokio::test]
async fn a_key_that_is_not_needed_has_to_be_good_all_the_same() {
    let server = told(Settings::default()).await;
    for (value, status) in [("Bearer hoinghi_0", 401), ("Basic eDp5", 200), ("", 200)] {
        assert_eq!(ask(&server, &[("authorization", value)]).await.status.as_u16(), status, "{value}");
    }
}

#[tokio::test]
async fn each_client_has_a_budget_of_its_own() {
    let hands = Hands::new();
    let settings = Settings {
        rate_limit: Some(60),
        trusted_proxies: vec!["10.0.0.0/8".parse().unwrap()],
        clock: hands.clock(),
        ..Settings::default()
    };
    let server = told(settings).await;
    let dear = access::create(&server.database.pool, "dear", Some(600)).await.unwrap();
    let plain = access::create(&server.database.pool, "plain", None).await.unwrap();
    let (dear, plain) = (format!("Bearer {dear}"), format!("Bearer {plain}"));
    // Every case spends two of somebody's; whoever is the same somebody has two less than before.
    for (headers, limit, left) in [
        (vec![("peer", "192.0.2.1")], 60, 58),
        (vec![("peer", "192.0.2.1")], 60, 56),
        (vec![("peer", "192.0.2.2")], 60, 58),
        // Nobody's word but a proxy's is taken, and of what a proxy tells no more than what it saw itself.
        (vec![("peer", "192.0.2.1"), ("x-forwarded-for", "192.0.2.9")], 60, 54),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "192.0.2.3")], 60, 58),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "192.0.2.1, 192.0.2.3")], 60, 56),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "192.0.2.3, 10.0.0.7")], 60, 54),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "192.0.2.3:4711")], 60, 52),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "[2001:db8:1::1]:4711, 10.0.0.7:80")], 60, 58),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "[2001:db8:1::2]")], 60, 56),
        (vec![("peer", "10.0.0.1"), ("x-forwarded-for", "nonsense")], 60, 58),
        (vec![("peer", "2001:db8::1")], 60, 58),
        (vec![("peer", "2001:db8::2")], 60, 56),
        (vec![("peer", "192.0.2.1"), ("authorization", dear.as_str())], 600, 598),
        (vec![("peer", "192.0.2.2"), ("authorization", dear.as_str())], 600, 596),
        (vec![("peer", "192.0.2.1"), ("authorization", plain.as_str())], 60, 58),
    ] {
        let reply = ask(&server, &headers).await;
        assert_eq!(reply.status.as_u16(), 200, "{headers:?}");
        assert_eq!(reply.header("ratelimit-policy"), format!("\"cost\";q={limit};w=60;qu=\"cost\""), "{headers:?}");
        assert!(
            reply.header("ratelimit").starts_with(&format!("\"cost\";r={left};t=")),
            "{headers:?} {:?}",
            reply.headers
        );
    }
}

#[tokio::test]
async fn who_has_used_it_up_is_told_when_to_come_back() {
    let hands = Hands::new();
    let server = told(Settings { rate_limit: Some(60), clock: hands.clock(), ..Settings::default() }).await;
    let costs = |fields: usize| {
        let fields = (1..fields).map(|n| format!("f{n}: id")).collect::<Vec<_>>().join(" ");
        json!({ "query": format!("{{ document(slug: \"\") {{ {fields} }} }}") })
    };
    assert_eq!(server.post(&costs(50)).await.status.as_u16(), 200);
    let refused = server.post(&costs(15)).await;
    assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, "5"));
    let error = &refused.json()["errors"][0];
    assert_eq!(error["extensions"], json!({ "code": "RATE_LIMITED", "retryAfter": 5, "cost": 15 }));
    assert!(refused.json().get("data").is_none());
    assert_eq!(refused.header("ratelimit"), "\"cost\";r=10;t=50");
    // What costs less than is left passes; what is not valid costs nothing.
    assert_eq!(server.post(&json!({ "query": "{ nothing }" })).await.header("ratelimit"), "\"cost\";r=10;t=50");
    hands.wait(5);
    assert_eq!(server.post(&costs(15)).await.status.as_u16(), 200);
    // Waiting would not help.
    let never = server.ask("{ tasks(first: 100) { nodes { id } } }").await;
    assert_eq!(code(&never), "QUERY_TOO_COMPLEX");
    let told = never["errors"][0]["message"].as_str().unwrap();
    assert!(told.starts_with("this costs 201, and you may use 60 a minute"), "{told}");
    assert_eq!(
        (&never["errors"][0]["extensions"]["limit"], &never["errors"][0]["extensions"]["cost"]),
        (&json!(60), &json!(201))
    );

    // A copy that is still good costs one, whatever the query; who has nothing left is not told even that.
    hands.wait(60);
    let dear = path(&[("query", "{ document(slug: \"doc-001\") { a: id b: id c: id } }")]);
    let tag = send(&server, &dear, &[], "").await.header("etag").to_owned();
    let again = send(&server, &dear, &[("if-none-match", &tag)], "").await;
    assert_eq!((again.status.as_u16(), again.header("ratelimit")), (304, "\"cost\";r=55;t=5"));
    assert_eq!(server.post(&costs(50)).await.header("ratelimit"), "\"cost\";r=5;t=55");
    for (left, status) in [(4, 304), (3, 304), (2, 304), (1, 304), (0, 304), (0, 429)] {
        let again = send(&server, &dear, &[("if-none-match", &tag)], "").await;
        let told = format!("\"cost\";r={left};");
        assert!(again.status.as_u16() == status && again.header("ratelimit").starts_with(&told), "{:?}", again.headers);
    }

    hands.wait(60);
    let data = server.data("{ rateLimit { cost limit remaining resetAt } }").await;
    assert_eq!(
        data["rateLimit"],
        json!({ "cost": 5, "limit": 60, "remaining": 55, "resetAt": "2023-11-14T22:15:30Z" })
    );
}

#[tokio::test]
async fn the_cost_is_told_to_whoever_asks() {
    let mut server = told(Settings::default()).await;
    let answer = ask(&server, &[]).await;
    assert_eq!(answer.json()["extensions"], json!({ "cost": { "cost": 2, "limit": 50_000 } }));
    assert_eq!((answer.header("ratelimit"), answer.header("ratelimit-policy")), ("", ""), "nothing is limited");
    assert!(server.ask("{ __typename }").await.get("extensions").is_none());
    let unlimited = json!({ "rateLimit": { "cost": 5, "limit": null, "remaining": null, "resetAt": null } });
    assert_eq!(server.data("{ rateLimit { cost limit remaining resetAt } }").await, unlimited);
    // By the pages asked for, not by the rows that there are.
    for (query, cost) in [
        ("{ tasks { nodes { id } } }", 41),
        ("{ tasks(first: 3) { nodes { id text } totalCount } }", 20),
        ("query ($n: Int) { tasks(last: $n) { nodes { id } } }", 15),
        ("{ documents(first: 2) { nodes { tasks(first: 10) { nodes { id } } } } }", 45),
    ] {
        let body = json!({ "query": query, "variables": { "n": 7 }, "extensions": { "cost": true } });
        assert_eq!(server.post(&body).await.json()["extensions"]["cost"]["cost"], cost, "{query}");
    }
    server.router = router(server.database.pool.clone(), Settings { rate_limit: Some(1), ..Settings::default() });
    assert_eq!(ask(&server, &[]).await.json()["extensions"]["cost"]["cost"], 2, "what is refused, too");
}
