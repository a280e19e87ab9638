//! The seeds: loaded once, to the end, whatever comes in between, and never into what somebody has filled himself.

use std::fs;
use std::path::Path;

use hoinghi::ingest::{self, Options};
use rustix::process::Signal;
use sqlx::{Connection, PgConnection, PgPool};

use crate::process::{Home, Server, Starting};
use crate::support;

async fn slugs(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar("SELECT slug FROM documents ORDER BY slug").fetch_all(pool).await.unwrap()
}

/// Documents that are invented, and short of everything but their being documents.
fn write(folder: &Path, names: &[&str]) {
    fs::create_dir_all(folder).unwrap();
    for name in names {
        fs::write(folder.join(format!("{name}.txt")), format!("Sáng 2/3/2021, Xã Giả Định họp lần {name}.")).unwrap();
    }
}

/// Starts a server on that database, and stops it when it is ready; what it complained of.
fn start_and_stop(home: &Home, url: &str) -> String {
    let (status, _, complaints) = Server::spawn_with(home, &["--database-url", url]).ready().stop(Signal::TERM);
    assert_eq!(status.code(), Some(0), "{complaints}");
    complaints
}

/// Starts a server and returns when it waits for the test's lock in the middle of loading `b`.
async fn stuck(home: &Home, db: &support::Database) -> Starting {
    let server = Server::spawn_with(home, &["--database-url", &db.url]);
    let waiting = "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_database d ON d.oid = database
        WHERE locktype = 'advisory' AND NOT granted AND datname = current_database())";
    while !sqlx::query_scalar::<_, bool>(waiting).fetch_one(&db.pool).await.unwrap() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    server
}

#[tokio::test]
async fn what_was_interrupted_is_finished_by_the_next_start() {
    let (home, db) = (Home::new(), support::database().await);
    write(&home.folder().join("seeds"), &["a", "b", "c"]);
    for statement in [
        "CREATE FUNCTION wait_at_b() RETURNS trigger LANGUAGE plpgsql AS
            'BEGIN IF NEW.slug = ''b'' THEN PERFORM pg_advisory_xact_lock(1); END IF; RETURN NEW; END'",
        "CREATE TRIGGER wait_at_b BEFORE INSERT ON documents FOR EACH ROW EXECUTE FUNCTION wait_at_b()",
    ] {
        sqlx::query(statement).execute(&db.pool).await.unwrap();
    }
    for signal in [Signal::INT, Signal::KILL] {
        let mut holder = PgConnection::connect(&db.url).await.unwrap();
        sqlx::query("SELECT pg_advisory_lock(1)").execute(&mut holder).await.unwrap();
        let (_, _, complaints) = stuck(&home, &db).await.stop(signal);
        // Of what is stuck it may complain, but not of having cut something off.
        assert!(!complaints.contains("transaction") && !complaints.contains("pipe"), "{complaints}");
        assert_eq!(slugs(&db.pool).await, [""; 0], "of a batch, all is in or nothing");
        holder.close().await.unwrap();
    }
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, ["a", "b", "c"]);
    ingest::remove(&db.pool, "a").await.unwrap();
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, ["b", "c"], "what was removed does not come back");
    for slug in ["b", "c"] {
        ingest::remove(&db.pool, slug).await.unwrap();
    }
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, [""; 0]);
}

#[tokio::test]
async fn what_somebody_has_filled_himself_gets_no_seeds() {
    let (home, db) = (Home::new(), support::database().await);
    write(&home.folder().join("seeds"), &["a"]);
    write(&home.folder().join("own"), &["x"]);
    let own = [home.folder().join("own")];
    ingest::load_paths(&db.pool, &own, Options::default(), &mut |_| {}).await.unwrap();
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, ["x"]);

    // Begun, and then the operator goes on by himself.
    let db = support::database().await;
    assert!(hoinghi::store::begin_first_load(&db.pool).await.unwrap());
    let (status, _, complaints) = Starting::seeder(&home, &["--database-url", &db.url, "own"]).wait();
    assert_eq!(status.code(), Some(0), "{complaints}");
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, ["x"]);
}

#[tokio::test]
async fn a_folder_that_has_nothing_yet_is_looked_at_again() {
    let (home, db) = (Home::new(), support::database().await);
    assert!(start_and_stop(&home, &db.url).contains("no folder seeds"));
    write(&home.folder().join("seeds"), &[]);
    start_and_stop(&home, &db.url);
    write(&home.folder().join("seeds"), &["a"]);
    start_and_stop(&home, &db.url);
    assert_eq!(slugs(&db.pool).await, ["a"]);
}
