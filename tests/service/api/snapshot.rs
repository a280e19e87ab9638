//! What one answer says fits together, whatever is loaded while it is put together; and what that takes is given back.

use std::{
    future::poll_fn,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    task::Poll,
    time::Duration,
};

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use futures_util::future::join_all;
use hoinghi::{
    http::router,
    store,
    store::read::{Connections, MEETINGS, MeetingRow, PageArgs, Slice, Snapshot, Tree, by_ids},
};
use serde_json::{Value, json};
use sqlx::PgPool;
use uuid::Uuid;

use super::{
    ask::{Server, patient},
    world::{self, Size},
};
use crate::support;

const ONE: Size = Size { meetings: 1, participants: 1, tasks: 1 };

/// Reads a text on an earlier level than the places in it.
const TEXT_AND_QUOTES: &str = "{ documents { nodes { text figures { evidence { start end quote } } } } }";

/// Waits until as many sessions of this database as this are in that state.
async fn sessions(pool: &PgPool, state: &str, expected: i64) {
    let count = format!(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND {state}"
    );
    for _ in 0..500 {
        let found: i64 = sqlx::query_scalar(sqlx::AssertSqlSafe(count.clone())).fetch_one(pool).await.unwrap();
        if found == expected {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("never {expected} sessions where {state}");
}

/// The quotes in an answer to [`TEXT_AND_QUOTES`] that are not what their text has there.
fn misquoted(data: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    for document in data["documents"]["nodes"].as_array().unwrap() {
        let text: Vec<char> = document["text"].as_str().unwrap().chars().collect();
        for figure in document["figures"].as_array().unwrap() {
            for evidence in figure["evidence"].as_array().unwrap() {
                let at = |field: &str| usize::try_from(evidence[field].as_u64().unwrap()).unwrap();
                let slice: String = text[at("start")..at("end")].iter().collect();
                if evidence["quote"] != json!(slice) {
                    wrong.push(format!("{} is not {slice}", evidence["quote"]));
                }
            }
        }
    }
    wrong
}

#[tokio::test]
async fn a_document_replaced_while_it_is_read_is_read_as_it_was() {
    let server = Server::with(ONE).await;
    // Whoever asks gets as far as the text, and waits before the places in it.
    let mut loader = server.database.pool.begin().await.unwrap();
    sqlx::query("LOCK TABLE evidence").execute(&mut *loader).await.unwrap();
    let replacing = async {
        sessions(&server.database.pool, "wait_event_type = 'Lock'", 1).await;
        sqlx::query("UPDATE documents SET text = 'Bản mới: ' || text").execute(&mut *loader).await.unwrap();
        sqlx::query("UPDATE evidence SET start_at = start_at + 5, end_at = end_at + 5")
            .execute(&mut *loader)
            .await
            .unwrap();
        loader.commit().await.unwrap();
    };
    let (data, ()) = tokio::join!(server.data(TEXT_AND_QUOTES), replacing);
    assert_eq!(misquoted(&data), Vec::<String>::new());
    let text = |data: &Value| data["documents"]["nodes"][0]["text"].as_str().unwrap().to_owned();
    assert!(text(&data).starts_with("Hội nghị"), "as it was: {}", text(&data));
    // Whoever asks next gets the new one.
    let data = server.data(TEXT_AND_QUOTES).await;
    assert_eq!(misquoted(&data), Vec::<String>::new());
    assert!(text(&data).starts_with("Bản mới"), "as it is: {}", text(&data));
}

#[tokio::test]
async fn one_connection_or_some_serve_any_number_of_requests() {
    let mut server = Server::with(Size { meetings: 3, participants: 3, tasks: 2 }).await;
    for connections in [1, 4] {
        let pool = store::connect(&server.database.url, connections).await.unwrap();
        server.router = router(pool.clone(), patient());
        let answers = join_all((0..20).map(|_| server.data(super::statements::DEEP))).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        sessions(&server.database.pool, "state LIKE 'idle in transaction%'", 0).await;
        pool.close().await;
    }
}

#[tokio::test]
async fn who_does_not_know_of_resting_connections_gets_one_all_the_same() {
    let mut server = Server::with(ONE).await;
    let pool = store::connect(&server.database.url, 4).await.unwrap();
    server.router = router(pool.clone(), patient());
    let (server, asks) = (&server, "{ documents { nodes { slug } } }");
    // Known as one that takes one statement, so that the connection may rest.
    server.data(asks).await;
    let (busy, answered) = (AtomicBool::new(true), AtomicUsize::new(0));
    // As many as connections: a reader who had to wait would make those that rest get up.
    let readers = join_all((0..4).map(|_| async {
        while busy.load(Ordering::Relaxed) {
            server.data(asks).await;
            answered.fetch_add(1, Ordering::Relaxed);
        }
    }));
    let others = async {
        for _ in 0..20 {
            let before = answered.load(Ordering::Relaxed);
            let ready = server.request(Request::get("/health/ready").body(Body::empty()).unwrap()).await;
            assert_eq!(ready.status, StatusCode::OK, "{}", ready.text());
            sqlx::query("SELECT 1").execute(&pool).await.unwrap();
            let overtaken = answered.load(Ordering::Relaxed) - before;
            assert!(overtaken < 100, "{overtaken} requests came before it");
        }
        busy.store(false, Ordering::Relaxed);
    };
    tokio::join!(readers, others);
    // What rests is let go of with the rest.
    pool.close().await;
    assert_eq!(pool.size(), 0);
}

#[tokio::test]
async fn a_request_that_is_given_up_leaves_nothing_behind() {
    for connections in [1, 4] {
        given_up_leaves_nothing_behind(connections).await;
    }
}

async fn given_up_leaves_nothing_behind(connections: u32) {
    let db = support::database().await;
    world::fill(&db.pool, ONE).await;
    let pool = store::connect(&db.url, connections).await.unwrap();
    let server = Server { router: router(pool.clone(), patient()), database: db };
    let asked = "{ documents { nodes { title tasks { nodes { text evidence { quote } } } } } }";
    server.data(asked).await;
    // At every point of its way, one poll further each time: before BEGIN, between it and its answer, in a statement.
    for polls in 1..60 {
        let mut request = Box::pin(server.data(asked));
        for _ in 0..polls {
            if poll_fn(|context| Poll::Ready(request.as_mut().poll(context))).await.is_ready() {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(request);
        // Whoever uses the connection next outside of a request must not begin to see a state that stays.
        let ready = server.request(Request::get("/health/ready").body(Body::empty()).unwrap()).await;
        assert_eq!(ready.status, StatusCode::OK);
        let title = format!("Lần {polls}");
        let update = sqlx::query("UPDATE documents SET title = $1").bind(&title);
        update.execute(&server.database.pool).await.unwrap();
        let data = server.data(asked).await;
        assert_eq!(data["documents"]["nodes"][0]["title"], json!(title), "given up after {polls} polls");
    }
    sessions(&server.database.pool, "state LIKE 'idle in transaction%'", 0).await;
    pool.close().await;
}

/// A page of all meetings, as a query reads it that is expected to send nothing else.
async fn brief(server: &Server) -> Snapshot {
    let snapshot = Snapshot::brief(Connections::new(server.database.pool.clone()));
    let args = PageArgs { slice: Slice::First(5), after: None, before: None, order: Vec::new(), keys: false };
    let mut tree = Tree::default();
    tree.page(None, MEETINGS, Arc::default(), args, |pages| pages.len());
    assert_eq!(tree.read(&snapshot).await.unwrap(), [1]);
    assert!(snapshot.version().is_some() && snapshot.statements() == 1);
    snapshot
}

#[tokio::test]
async fn a_second_statement_that_nobody_expected_sees_what_the_first_saw_or_nothing() {
    let server = Server::with(ONE).await;
    let ids = [Uuid::nil()];
    let unmoved = brief(&server).await;
    assert!(by_ids::<MeetingRow>(&unmoved, &ids).await.is_ok() && !unmoved.has_moved());

    let moved = brief(&server).await;
    let (source, extraction) = crate::invented::documents().remove(0);
    hoinghi::ingest::load_extraction(&server.database.pool, &source, &extraction).await.unwrap();
    assert!(by_ids::<MeetingRow>(&moved, &ids).await.is_err() && moved.has_moved());
    assert!(by_ids::<MeetingRow>(&moved, &ids).await.is_err(), "and nothing else either");
}
