//! The server as a process of its own, with a private PostgreSQL: first start, crash, second start, two at once, root.

use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::time::Duration;

use rustix::process::Signal;
use sqlx::{Connection, PgConnection};

use crate::api::follow::live::Socket;
use crate::process::{self, Home, Server, Starting};
use crate::support;

#[test]
fn the_first_start_answers_and_the_last_to_leave_stops_the_database() {
    let home = Home::new();
    let server = Server::start(&home);
    for path in ["/health/live", "/health/ready"] {
        assert!(process::get(server.address, path).starts_with("HTTP/1.1 200"), "{path}");
    }
    let postmaster = home.postmaster().expect("a postmaster runs");
    if rustix::process::geteuid().is_root() {
        assert_ne!(process::owner(postmaster), Some(0), "PostgreSQL refuses to run as root");
    }
    let (status, printed, complaints) = server.stop(Signal::TERM);
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert_eq!(printed.lines().count(), 1, "{printed}");
    assert!(printed.starts_with("Open http://127.0.0.1:"), "{printed}");
    assert_eq!(home.postmaster(), None);
    assert!(!process::is_alive(postmaster));
}

#[tokio::test]
async fn a_crash_of_ours_leaves_the_database_to_the_next_start() {
    let home = Home::new();
    let first = Server::start(&home);
    let postmaster = home.postmaster();
    let mut connection = PgConnection::connect(&home.url()).await.unwrap();
    sqlx::query("CREATE TABLE kept AS SELECT 42 AS answer").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    first.stop(Signal::KILL);
    assert_eq!(home.postmaster(), postmaster, "survives us");

    let second = Server::start(&home);
    assert_eq!(home.postmaster(), postmaster, "and is found again");
    let mut connection = PgConnection::connect(&home.url()).await.unwrap();
    let answer: i32 = sqlx::query_scalar("SELECT answer FROM kept").fetch_one(&mut connection).await.unwrap();
    assert_eq!(answer, 42);
    // Somebody else's open connection does not hold up the end.
    let (status, _, complaints) = second.stop(Signal::INT);
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert_eq!(home.postmaster(), None);
}

#[test]
fn two_who_start_at_once_share_one_database() {
    let home = Home::new();
    let (one, other) = (Server::spawn(&home), Server::spawn(&home));
    let (one, other) = (one.ready(), other.ready());
    let postmaster = home.postmaster().expect("a postmaster runs");
    assert_eq!(one.stop(Signal::TERM).0.code(), Some(0));
    assert_eq!(home.postmaster(), Some(postmaster), "the other still uses it");
    assert!(process::get(other.address, "/health/live").starts_with("HTTP/1.1 200"));
    assert_eq!(other.stop(Signal::TERM).0.code(), Some(0));
    assert_eq!(home.postmaster(), None);
}

#[tokio::test]
async fn a_database_that_is_named_is_used_and_left_running() {
    let home = Home::new();
    let url = support::empty_database().await;
    let server = Server::spawn_with(&home, &["--database-url", &url]).ready();
    assert!(process::get(server.address, "/health/ready").starts_with("HTTP/1.1 200"));
    let (status, _, complaints) = server.stop(Signal::TERM);
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert!(fs::read_dir(home.folder()).unwrap().next().is_none(), "no private server is even thought of");
    PgConnection::connect(&url).await.unwrap();
}

#[tokio::test]
async fn an_empty_database_gets_the_seeds_and_another_keeps_what_it_has() {
    let home = Home::new();
    fs::create_dir(home.folder().join("seeds")).unwrap();
    let seed = |name: &str, text: &str| fs::write(home.folder().join("seeds").join(name), text).unwrap();
    // Invented, and short of everything but its being a document.
    seed("first.txt", "Sáng 2/3/2021, Xã Giả Định họp.");
    seed("empty.txt", "");
    for expected in ["the seed is refused", "nobody looks at the seeds"] {
        let server = Server::start(&home);
        let mut connection = PgConnection::connect(&home.url()).await.unwrap();
        let slugs: Vec<String> =
            sqlx::query_scalar("SELECT slug FROM documents").fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        assert_eq!(slugs, ["first"]);
        let (status, _, complaints) = server.stop(Signal::TERM);
        assert_eq!(status.code(), Some(0));
        assert_eq!(complaints.contains("empty.txt"), expected == "the seed is refused", "{complaints}");
        seed("second.txt", "Chiều 3/3/2021, Xã Giả Định họp.");
    }
}

#[test]
fn the_seeder_shares_the_servers_database_or_has_it_alone() {
    let home = Home::new();
    // Invented, and short of everything but its being a document.
    fs::write(home.folder().join("minutes.txt"), "Sáng 2/3/2021, Xã Giả Định họp.").unwrap();
    let seed = || {
        let (status, printed, complaints) = Starting::seeder(&home, &["minutes.txt"]).wait();
        assert_eq!(status.code(), Some(0), "{printed}{complaints}");
    };
    seed();
    assert_eq!(home.postmaster(), None, "alone, it stops what it started");
    let server = Server::start(&home);
    let postmaster = home.postmaster().expect("a postmaster runs");
    seed();
    assert_eq!(home.postmaster(), Some(postmaster), "the server still uses it");
    assert_eq!(server.stop(Signal::TERM).0.code(), Some(0));
    assert_eq!(home.postmaster(), None);
}

#[tokio::test]
async fn a_database_that_a_killed_start_is_still_making_is_waited_for() {
    let home = Home::new();
    Server::start(&home).stop(Signal::KILL);
    let maintenance = home.url().replace("/hoinghi?", "/postgres?");
    let connect = || PgConnection::connect(&maintenance);
    let (mut admin, mut maker) = (connect().await.unwrap(), connect().await.unwrap());
    sqlx::query("DROP DATABASE hoinghi WITH (FORCE)").execute(&mut admin).await.unwrap();
    // Both get as far as this lock, and find each other when it is released.
    sqlx::query("BEGIN").execute(&mut admin).await.unwrap();
    sqlx::query("LOCK TABLE pg_database IN SHARE MODE").execute(&mut admin).await.unwrap();
    let made = tokio::spawn(async move { sqlx::query("CREATE DATABASE hoinghi").execute(&mut maker).await });
    let mut server = None;
    for waiting in 1..=2 {
        let count = "SELECT count(*) FROM pg_locks WHERE NOT granted";
        while sqlx::query_scalar::<_, i64>(count).fetch_one(&mut admin).await.unwrap() < waiting {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        server = server.or_else(|| Some(Server::spawn(&home)));
    }
    sqlx::query("ROLLBACK").execute(&mut admin).await.unwrap();
    // One of the two has it made, whoever comes first.
    drop(made.await.unwrap());
    let (status, _, complaints) = server.unwrap().ready().stop(Signal::TERM);
    assert_eq!(status.code(), Some(0), "{complaints}");
}

#[test]
fn a_number_of_a_dead_server_that_is_another_programs_by_now_is_no_obstacle() {
    let home = Home::new();
    Server::start(&home).stop(Signal::KILL);
    let dead = home.postmaster().expect("a postmaster runs");
    let stale = fs::read_to_string(home.postmaster_pid()).unwrap();
    process::kill(dead, Signal::KILL);
    process::wait_until("the postmaster is gone", || !process::is_alive(dead));
    let innocent = home.innocent();
    let number = innocent.0.id();
    fs::write(home.postmaster_pid(), stale.replacen(&dead.to_string(), &number.to_string(), 1)).unwrap();
    fs::write(home.folder().join("run/.s.PGSQL.5432.lock"), format!("{number}\n/\n1\n5432\n/\n\n")).unwrap();

    let server = Server::start(&home);
    assert_ne!(home.postmaster(), Some(number.try_into().unwrap()));
    assert_eq!(server.stop(Signal::TERM).0.code(), Some(0));
    assert!(process::is_alive(number.try_into().unwrap()), "a program that is not ours is left alone");
}

#[test]
fn a_database_that_dies_while_we_serve_is_told_at_once_and_started_again() {
    for below in ["", "folder-with-a-long-name/"] {
        let mut home = Home::new();
        if !below.is_empty() {
            // On loopback: the port has to be the same one.
            home.within(below.repeat(5));
        }
        let server = Server::start(&home);
        let ask = || {
            let mut client = process::connect(server.address);
            process::send_query(&mut client, "{ documents { totalCount } }");
            process::read_all(&mut client)
        };
        assert!(ask().ends_with(r#"{"totalCount":0}}}"#), "{}", ask());
        let dead = home.postmaster().expect("a postmaster runs");
        process::kill(dead, Signal::KILL);
        process::wait_until("the postmaster is gone", || !process::is_alive(dead));
        let asked = std::time::Instant::now();
        let answer = ask();
        assert!(asked.elapsed() < Duration::from_secs(6), "told after {:?}", asked.elapsed());
        assert!(answer.contains("totalCount") || answer.contains("UNAVAILABLE"), "{answer}");
        process::wait_until("it answers again", || ask().ends_with(r#"{"totalCount":0}}}"#));
        assert_ne!(home.postmaster(), Some(dead));
        let (status, _, complaints) = server.stop(Signal::TERM);
        assert_eq!(status.code(), Some(0), "{complaints}");
        assert!(complaints.contains("started again"), "{complaints}");
        assert_eq!(home.postmaster(), None, "what was started again is stopped at the end");
    }
}

#[test]
fn where_a_sockets_path_would_be_too_long_the_database_listens_on_loopback() {
    let mut home = Home::new();
    home.within("folder-with-a-long-name/".repeat(5));
    for attempt in ["new", "again"] {
        let server = Server::start(&home);
        let noted = fs::read_to_string(home.postmaster_pid()).unwrap();
        let lines: Vec<&str> = noted.lines().collect();
        assert_eq!((lines[4], lines[5]), ("", "127.0.0.1"), "{attempt}");
        // Nobody gets in without the password.
        let port = lines[3].parse().unwrap();
        let options = sqlx::postgres::PgConnectOptions::new_without_pgpass();
        let refused = options.host("127.0.0.1").port(port).username("hoinghi").password("guessed").database("hoinghi");
        let refused = tokio::runtime::Runtime::new().unwrap().block_on(PgConnection::connect_with(&refused));
        assert!(refused.is_err_and(|error| error.to_string().contains("password")));
        let (status, _, complaints) = server.stop(Signal::TERM);
        assert_eq!(status.code(), Some(0), "{complaints}");
        assert_eq!(home.postmaster(), None);
    }
}

#[test]
fn told_to_stop_while_starting_it_leaves_nothing_running() {
    let home = Home::new();
    let server = Server::spawn(&home);
    process::wait_until("PostgreSQL comes up", || home.postmaster_pid().exists());
    let (status, _, complaints) = server.stop(Signal::TERM);
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert_eq!(home.postmaster(), None);
}

#[test]
fn a_closed_terminal_ends_it_too() {
    let home = Home::new();
    let (status, _, complaints) = Server::start(&home).stop(Signal::HUP);
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert_eq!(home.postmaster(), None);
}

#[tokio::test]
async fn what_is_in_flight_is_answered_before_the_end() {
    let home = Home::new();
    let server = Server::start(&home);
    // Nobody can read documents while this holds them.
    let mut holder = PgConnection::connect(&home.url()).await.unwrap();
    sqlx::query("BEGIN").execute(&mut holder).await.unwrap();
    sqlx::query("LOCK TABLE documents IN ACCESS EXCLUSIVE MODE").execute(&mut holder).await.unwrap();
    let mut client = process::connect(server.address);
    process::send_query(&mut client, "{ documents { totalCount } }");
    let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    let queued = async {
        while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut holder).await.unwrap() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(8), queued).await.expect("the query waits for the table");
    server.signal(Signal::TERM);
    process::wait_until("nobody new is let in", || TcpStream::connect(server.address).is_err());
    // A slow query: slower than what is left to connections to close when nobody waits for requests.
    sqlx::query("SELECT pg_sleep(4)").execute(&mut holder).await.unwrap();
    sqlx::query("ROLLBACK").execute(&mut holder).await.unwrap();
    let answer = process::read_all(&mut client);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with(r#"{"totalCount":0}}}"#), "{answer}");
    let (status, _, complaints) = server.wait();
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert_eq!(home.postmaster(), None);
}

#[tokio::test]
async fn who_waits_for_changes_is_told_of_the_end_and_does_not_hold_it_up() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut socket = Socket::ready(server.address).await;
    let query = "subscription { changes { pageInfo { endCursor } } }";
    socket.subscribe("a", query, &serde_json::Value::Null).await;
    socket.changes("a").await;
    let mut events = process::connect(server.address);
    let head = "GET /graphql?query=subscription%7Bchanges%7BpageInfo%7BendCursor%7D%7D%7D HTTP/1.1\r\nHost: localhost";
    write!(events, "{head}\r\nAccept: text/event-stream\r\nConnection: close\r\n\r\n").unwrap();
    let mut told = String::new();
    while !told.contains("endCursor") {
        let mut some = [0; 512];
        let read = events.read(&mut some).unwrap();
        assert!(read > 0, "{told}");
        told += std::str::from_utf8(&some[..read]).unwrap();
    }
    let begun = std::time::Instant::now();
    server.signal(Signal::TERM);
    assert!(process::read_all(&mut events).contains("event: complete"));
    assert_eq!(socket.hear().await["type"], "complete");
    assert_eq!(socket.heard().await, Err(1001));
    let (status, _, complaints) = server.wait();
    assert_eq!(status.code(), Some(0), "{complaints}");
    assert!(!complaints.contains("not answered"), "{complaints}");
    assert!(begun.elapsed() < Duration::from_secs(9), "it took {:?}", begun.elapsed());
}

#[test]
fn a_client_that_rests_does_not_hold_up_the_end() {
    let home = Home::new();
    let server = Server::start(&home);
    let mut resting = process::connect(server.address);
    assert!(process::ask(&mut resting, "/health/live").starts_with("HTTP/1.1 200"));
    let begun = std::time::Instant::now();
    assert_eq!(server.stop(Signal::TERM).0.code(), Some(0));
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
}

#[test]
fn what_cannot_be_used_is_named_with_what_to_do() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let file = tempfile::NamedTempFile::new().unwrap();
    let file = file.path().to_str().unwrap().to_owned();
    let nobody_there = "postgres://somebody:s3cret@127.0.0.1:1/nothing";
    for (arguments, expected) in [
        (["--listen", taken.as_str()], vec![taken.as_str(), "--listen", "in use"]),
        (["--database-url", nobody_there], vec!["127.0.0.1:1", "nothing", "--database-url cannot"]),
        (["--database-url", "mysql://somebody:s3cret@h/d"], vec!["postgres://USER"]),
        (["--data-dir", &format!("{file}/below")], vec![file.as_str(), "--data-dir"]),
        (["--log", "hoinghi=loud"], vec!["--log", "loud"]),
    ] {
        let home = Home::new();
        let (status, printed, complaints) = Server::spawn_with(&home, &arguments).wait();
        assert_eq!(status.code(), Some(1), "{arguments:?}: {complaints}");
        assert_eq!(printed, "", "{arguments:?}");
        assert!(expected.iter().all(|expected| complaints.contains(expected)), "{arguments:?}: {complaints}");
        assert!(!complaints.contains("s3cret"), "{complaints}");
        assert_eq!(home.postmaster(), None);
    }
}

#[test]
fn settings_are_read_from_dotenv_too() {
    let home = Home::new();
    let elsewhere = PathBuf::from("/nonexistent");
    fs::write(home.folder().join(".env"), "DATABASE_URL=postgres://somebody:s3cret@127.0.0.1:1/from_dotenv\n").unwrap();
    let (status, _, complaints) = Server::spawn_with(&home, &["--data-dir", elsewhere.to_str().unwrap()]).wait();
    assert_eq!(status.code(), Some(1));
    assert!(
        complaints.contains("from_dotenv")
            && complaints.contains("DATABASE_URL cannot")
            && !complaints.contains("s3cret"),
        "{complaints}"
    );
    fs::write(home.folder().join(".env"), "DATABASE_URL='postgres://somebody:s3cret\n").unwrap();
    let (status, _, complaints) = Server::spawn(&home).wait();
    assert_eq!(status.code(), Some(1));
    assert!(complaints.contains(".env") && !complaints.contains("s3cret"), "{complaints}");
}
