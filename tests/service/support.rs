//! One PostgreSQL for the whole run, a migrated database of its own for each test, nothing left behind.
//!
//! The server lives in a folder under the temp folder and listens on a Unix socket there. A watchdog process holds the
//! other end of a pipe of ours: when we are gone, however we went, it stops the server and removes the folder.

use std::cell::Cell;
use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{LazyLock, Once};
use std::time::{Duration, Instant};

use hoinghi::config::default_data_dir;
use hoinghi::postgres::Installation;
use hoinghi::store;
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt};

/// A migrated, otherwise empty database.
pub struct Database {
    /// Connected to it.
    pub pool: PgPool,
    /// Its address, for programs started by a test.
    pub url: String,
}

/// A database that nobody else uses.
pub async fn database() -> Database {
    let database = create("TEMPLATE hoinghi_template").await;
    let pool = store::connect_to_read(&database, 5).await.unwrap();
    Database { pool, url: database }
}

/// The address of a database without any table.
pub async fn empty_database() -> String {
    create("").await
}

async fn create(how: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let name = format!("test_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    let mut admin = PgConnection::connect(&SERVER.url("postgres")).await.unwrap();
    sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name} {how}"))).execute(&mut admin).await.unwrap();
    admin.close().await.unwrap();
    SERVER.url(&name)
}

thread_local! {
    /// The statements sent from this thread. A test's runtime has no other, and no other test runs in it.
    static SENT: Cell<usize> = const { Cell::new(0) };
}

struct Statements;

impl<S: Subscriber> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            SENT.set(SENT.get() + 1);
        }
    }
}

/// The number of statements that some work sends. What begins and ends a transaction is none: it does not grow, and
/// sqlx does not log it.
pub async fn statements<T>(work: impl Future<Output = T>) -> usize {
    static LISTEN: Once = Once::new();
    // For the whole process: what a thread listens to on its own, other threads can switch off (tracing caches it).
    LISTEN.call_once(|| {
        tracing::subscriber::set_global_default(tracing_subscriber::registry().with(Statements)).unwrap();
    });
    let before = SENT.get();
    work.await;
    SENT.get() - before
}

static SERVER: LazyLock<Server> = LazyLock::new(Server::start);

struct Server {
    folder: PathBuf,
    // Kept for its standard input, which the system closes when we are gone.
    _watchdog: Child,
    _postgres: Child,
}

impl Server {
    fn url(&self, database: &str) -> String {
        format!("postgres://hoinghi@localhost/{database}?host={}", self.folder.display())
    }

    fn start() -> Self {
        let folder = std::env::temp_dir().join(format!("hoinghi-test-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let watchdog = watch(&folder);
        let data = folder.join("data");
        let postgresql = installation();
        postgresql.own(&folder).unwrap();
        initdb(&postgresql, &data);
        let postgres = postgres(&postgresql, &data, &folder);
        let server = Server { folder: folder.clone(), _watchdog: watchdog, _postgres: postgres };

        // Every test has a runtime of its own, and this one may be inside of one.
        let (ready, template) = (server.url("postgres"), server.url("hoinghi_template"));
        let migrated = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async move {
                let mut admin = connected(&ready).await;
                sqlx::query("CREATE DATABASE hoinghi_template").execute(&mut admin).await.unwrap();
                let pool = store::connect(&template, 1).await.unwrap();
                store::migrate(&pool).await.unwrap();
                // CREATE DATABASE refuses a template that somebody is connected to.
                pool.close().await;
            });
        });
        assert!(migrated.join().is_ok(), "no template database; PostgreSQL says:\n{}", log(&data));
        server
    }
}

/// Makes the files of a server.
pub fn initdb(postgresql: &Installation, data: &Path) {
    let mut initdb = run(postgresql, "initdb", data);
    let made = initdb.args(["-U", "hoinghi", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]).status();
    assert!(made.expect("initdb starts").success(), "{}", log(data));
}

/// Starts a server, whose socket will be in `socket`.
pub fn postgres(postgresql: &Installation, data: &Path, socket: &Path) -> Child {
    let mut postgres = run(postgresql, "postgres", data);
    postgres.arg("-k").arg(socket).args(["-h", "", "-N", "300"]);
    // What a crash would leave is of no interest, so nothing waits for a disk.
    for setting in ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"] {
        postgres.args(["-c", setting]);
    }
    postgres.spawn().expect("postgres starts")
}

/// A program for these files.
pub fn run(postgresql: &Installation, program: &str, data: &Path) -> Command {
    let mut command = postgresql.command(program, data.parent().unwrap());
    command.arg("-D").arg(data);
    let log = fs::File::options().create(true).append(true).open(data.with_extension("log")).unwrap();
    command.stdout(log.try_clone().unwrap()).stderr(log);
    // A group of its own, so that Ctrl-C reaches only us and the watchdog does the rest.
    command.process_group(0);
    command
}

fn log(data: &Path) -> String {
    fs::read_to_string(data.with_extension("log")).unwrap_or_default()
}

/// A connection, as soon as there can be one.
pub async fn connected(url: &str) -> PgConnection {
    let deadline = Instant::now() + Duration::from_mins(1);
    loop {
        match PgConnection::connect(url).await {
            Ok(connection) => return connection,
            Err(error) if Instant::now() > deadline => panic!("{error}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Waits for our end, or that of what is returned, then stops all servers in the folder and removes it; started first, as
/// us, in a group of its own.
pub fn watch(folder: &Path) -> Child {
    let script = r#"
        cat >/dev/null
        for pid in "$0"/*/postmaster.pid; do
            read -r number <"$pid" && kill -QUIT "$number"
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ -e "$pid" ] && sleep 0.1; done
            [ -e "$pid" ] && kill -KILL "$number"
        done
        until rm -rf "$0"; do sleep 0.2; done
    "#;
    Command::new("sh")
        .args(["-c", script])
        .arg(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("sh starts")
}

/// PostgreSQL's programs, wherever the server finds its own; on a machine without, they are downloaded to where the
/// server's are, once for both.
pub fn installation() -> Installation {
    // A thread of its own: a test's runtime may be around us.
    let find = || tokio::runtime::Runtime::new().unwrap().block_on(Installation::find(&default_data_dir()));
    std::thread::spawn(find).join().unwrap().unwrap_or_else(|error| panic!("{error}"))
}
