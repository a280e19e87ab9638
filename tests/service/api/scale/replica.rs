//! Reads go to a streaming replica for as long as it is there and new enough; shown with two real servers.

use std::time::{Duration, Instant};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use hoinghi::{
    http::{Settings, router},
    ingest::load_extraction,
    store::{self, read::Replica},
};
use serde_json::{Value, json};
use sqlx::PgConnection;

use crate::{
    api::{
        ask::Server,
        follow::live::{Events, Socket, serve},
        trust::{path, send},
    },
    invented::documents,
    replicated::Pair,
    support,
};

const COUNT: &str = "{ documents { totalCount } }";
const HOUR: Duration = Duration::from_hours(1);

/// A server that reads from the replica if that is at most so far behind.
fn server(pair: &Pair, max_lag: Duration) -> Server {
    let replica = Replica::new(&pair.replica_url(), 3, max_lag).unwrap();
    let settings = Settings { replica: Some(replica), ..Settings::default() };
    let database = support::Database { pool: pair.pool.clone(), url: String::new() };
    Server { router: router(pair.pool.clone(), settings), database }
}

async fn load(pair: &Pair, which: usize) {
    let (source, extraction) = documents().remove(which);
    load_extraction(&pair.pool, &source, &extraction).await.unwrap();
}

/// What `/health/ready` says.
async fn health(server: &Server) -> (StatusCode, Value) {
    let reply = server.request(Request::get("/health/ready").body(Body::empty()).unwrap()).await;
    (reply.status, reply.json())
}

/// Until the replica is said to be like this.
async fn until(server: &Server, replica: &str) {
    loop {
        let (status, told) = health(server).await;
        assert_eq!((status, &told["primary"]), (StatusCode::OK, &json!("answers")));
        if told["replica"] == json!(replica) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// How many documents are seen, and the tag of that answer.
async fn seen(server: &Server) -> (i64, String) {
    let reply = send(server, &path(&[("query", COUNT)]), &[], "").await;
    let answer = reply.json();
    assert!(answer.get("errors").is_none(), "{answer:#}");
    (answer["data"]["documents"]["totalCount"].as_i64().unwrap(), reply.header("etag").to_owned())
}

#[tokio::test]
async fn reads_go_to_the_replica_until_it_is_too_far_behind() {
    let pair = Pair::new().await;
    load(&pair, 0).await;
    let patient = server(&pair, HOUR);
    until(&patient, "is read").await;
    while seen(&patient).await.0 != 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let before = seen(&patient).await;
    // Somebody who follows, from before.
    let changes = "subscription ($since: String) { changes(since: $since, types: [DOCUMENT]) {
        nodes { operation node { ... on Document { slug } } } pageInfo { endCursor } } }";
    let mut socket = Socket::ready(serve(patient.router.clone()).await).await;
    socket.subscribe("a", changes, &json!({})).await;
    socket.changes("a").await;

    pair.pause().await;
    let strict = server(&pair, Duration::ZERO);
    until(&strict, "is read").await;
    let waiting = server(&pair, Duration::from_secs(2));
    until(&waiting, "is read").await;
    let loaded = Instant::now();
    load(&pair, 1).await;

    // An hour has not passed: what is seen is what the replica has, and tagged as that.
    assert_eq!(seen(&patient).await, before, "it is the replica that was read");
    let held = send(&patient, &path(&[("query", COUNT)]), &[("if-none-match", &before.1)], "").await;
    assert_eq!(held.status, StatusCode::NOT_MODIFIED);
    // Who must miss nothing is answered from the primary, as soon as it is known that there is something to miss.
    until(&strict, "is behind").await;
    let after = seen(&strict).await;
    assert!(after.0 == 2 && after.1 != before.1);
    // Two seconds have passed or not, whenever this comes to ask.
    while seen(&waiting).await != after {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(loaded.elapsed() >= Duration::from_secs(2), "{:?}", loaded.elapsed());
    until(&waiting, "is behind").await;
    until(&patient, "is read").await;

    // Whoever was told of a change gets it, though the replica has not; and may go on from there, however.
    let page = socket.changes("a").await;
    let slug = documents()[1].0.slug.clone();
    assert_eq!(page["nodes"], json!([{ "operation": "CREATED", "node": { "slug": slug } }]));
    let since = json!({ "since": page["pageInfo"]["endCursor"] });
    let query = changes.replacen("subscription", "query", 1);
    let answer = patient.post(&json!({ "query": query, "variables": since })).await.json();
    assert_eq!(answer["data"]["changes"]["nodes"], json!([]), "{answer:#}");
    let mut events = Events::open(&patient.router, changes, &since).await;
    socket.subscribe("b", changes, &json!({})).await;
    let begun = socket.changes("b").await;
    assert_eq!(begun["nodes"], json!([]));
    load(&pair, 2).await;
    let slug = documents()[2].0.slug.clone();
    let told = json!([{ "operation": "CREATED", "node": { "slug": slug } }]);
    assert_eq!(events.changes().await["nodes"], told);
    for id in ["a", "b"] {
        let message = socket.hear().await;
        assert!(message["id"] == "a" || message["id"] == "b", "{id} {message:#}");
        assert_eq!(message["payload"]["data"]["changes"]["nodes"], told, "{message:#}");
    }
    assert_eq!(seen(&patient).await, before, "the replica still stands where it stood");

    pair.resume().await;
    for server in [&patient, &strict, &waiting] {
        until(server, "is read").await;
        while seen(server).await.0 != 3 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
    assert_eq!(seen(&patient).await, seen(&strict).await);
}

/// Until somebody has, or waits for, a lock of the table of evidence.
async fn until_locked(replica: &mut PgConnection, granted: bool) {
    let locks = "SELECT count(*) FROM pg_locks WHERE relation = 'evidence'::regclass AND granted = $1";
    while sqlx::query_scalar::<_, i64>(locks).bind(granted).fetch_one(&mut *replica).await.unwrap() == 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn a_replica_that_goes_is_done_without_until_it_comes_back() {
    let pair = Pair::new().await;
    load(&pair, 0).await;
    let server = server(&pair, HOUR);
    until(&server, "is read").await;
    while seen(&server).await.0 != 1 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // A request that has read half of its answer there: it waits for a table that the primary has locked.
    let mut locking = pair.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE evidence IN ACCESS EXCLUSIVE MODE").execute(&mut *locking).await.unwrap();
    // Else the replica hears of it when something else is written.
    sqlx::query("SELECT pg_switch_wal()").execute(&pair.pool).await.unwrap();
    let mut replica = pair.replica().await;
    until_locked(&mut replica, true).await;
    let asked = server.data("{ documents { nodes { slug text reports { evidence { quote } } } } }");
    let stopped = async {
        until_locked(&mut replica, false).await;
        pair.stop_replica();
        locking.rollback().await.unwrap();
    };
    let (data, ()) = tokio::join!(asked, stopped);
    assert_eq!(data["documents"]["nodes"][0]["slug"], json!(documents()[0].0.slug));
    // Nobody notices, and all that is loaded is seen.
    for which in [1, 2] {
        load(&pair, which).await;
        assert_eq!(seen(&server).await.0, i64::try_from(which).unwrap() + 1);
    }
    until(&server, "does not answer").await;

    pair.start_replica().await;
    until(&server, "is read").await;
    while seen(&server).await.0 != 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    pair.pause().await;
    load(&pair, 3).await;
    assert_eq!(seen(&server).await.0, 3, "it is read again");
    pair.resume().await;
    // It goes, and comes, while many ask: nobody is told.
    let asking = async {
        for _ in 0..200 {
            assert!(seen(&server).await.0 >= 3);
        }
    };
    let disturbing = async {
        for _ in 0..2 {
            let mut killer = pair.replica().await;
            let kill = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE datname = 'hoinghi' AND pid <> pg_backend_pid()";
            sqlx::query(kill).execute(&mut killer).await.unwrap();
            tokio::task::yield_now().await;
        }
        pair.stop_replica();
    };
    tokio::join!(asking, disturbing);
}

#[tokio::test]
async fn what_is_no_copy_of_the_database_is_not_read() {
    let (one, other) = (support::database().await, support::database().await);
    let (source, extraction) = documents().remove(0);
    load_extraction(&other.pool, &source, &extraction).await.unwrap();
    // Tests' databases are copies of one.
    sqlx::query("UPDATE data_version SET database = gen_random_uuid()").execute(&other.pool).await.unwrap();
    let replica = Replica::new(&other.url, 3, HOUR).unwrap();
    let settings = Settings { replica: Some(replica), ..Settings::default() };
    let server = Server { router: router(one.pool.clone(), settings), database: one };
    until(&server, "is no copy of the primary").await;
    assert_eq!(seen(&server).await.0, 0);
    // Where nobody answers at all; and a name for it that would be told nobody.
    let nobody = Replica::new("postgres://x:s3cret@127.0.0.1:1/nothing", 3, HOUR).unwrap();
    let settings = Settings { replica: Some(nobody), ..Settings::default() };
    let alone = router(server.database.pool.clone(), settings);
    let alone = Server {
        router: alone,
        database: support::Database { pool: server.database.pool.clone(), url: String::new() },
    };
    assert_eq!(seen(&alone).await.0, 0);
    let (_, told) = health(&alone).await;
    assert_eq!(told, json!({ "status": "ready", "primary": "answers", "replica": "does not answer" }));
    assert!(matches!(Replica::new("mysql://x:s3cret@h/d", 3, HOUR), Err(store::Error::Address)));
}
