//! A PostgreSQL and a hot standby of it, which streams what happens there: two real servers, for one test.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicU32, Ordering};

use hoinghi::postgres::Installation;
use hoinghi::store;
use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::support::{connected, initdb, installation, postgres, run, watch};

/// The two, with a migrated database.
pub struct Pair {
    postgresql: Installation,
    folder: PathBuf,
    /// Connected to the primary.
    pub pool: PgPool,
    // Kept for its standard input; when that is closed it ends the servers.
    _watchdog: Child,
}

impl Pair {
    pub async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("hoinghi-pair-{}-{number}", std::process::id()));
        let postgresql = installation();
        for part in ["", "primary.run", "replica.run"] {
            fs::create_dir(folder.join(part)).unwrap();
            postgresql.own(&folder.join(part)).unwrap();
        }
        let watchdog = watch(&folder);
        initdb(&postgresql, &folder.join("primary"));
        // What `pg_basebackup -R` does of a server that runs; not every installation has that program.
        let copied = Command::new("cp").arg("-a").args(["primary", "replica"].map(|name| folder.join(name))).status();
        assert!(copied.unwrap().success());
        fs::write(folder.join("replica/standby.signal"), "").unwrap();
        postgresql.own(&folder.join("replica/standby.signal")).unwrap();
        let from = format!("primary_conninfo = 'host={} user=hoinghi'\n", folder.join("primary.run").display());
        let mut settings = fs::File::options().append(true).open(folder.join("replica/postgresql.auto.conf")).unwrap();
        settings.write_all(from.as_bytes()).unwrap();
        start(&postgresql, &folder, "primary");
        let mut admin = connected(&url(&folder, "primary", "postgres")).await;
        sqlx::query("CREATE DATABASE hoinghi").execute(&mut admin).await.unwrap();
        let pool = store::connect(&url(&folder, "primary", "hoinghi"), 5).await.unwrap();
        store::migrate(&pool).await.unwrap();
        start(&postgresql, &folder, "replica");
        // Whoever connects to it now may still find no database.
        connected(&url(&folder, "replica", "hoinghi")).await;
        Self { postgresql, folder, pool, _watchdog: watchdog }
    }

    /// The replica's address.
    pub fn replica_url(&self) -> String {
        url(&self.folder, "replica", "hoinghi")
    }

    /// A connection to the replica.
    pub async fn replica(&self) -> PgConnection {
        connected(&self.replica_url()).await
    }

    /// Starts the replica, and returns when it answers.
    pub async fn start_replica(&self) {
        start(&self.postgresql, &self.folder, "replica");
        self.replica().await;
    }

    /// Ends the replica at once, whatever it is doing.
    pub fn stop_replica(&self) {
        let mut stop = run(&self.postgresql, "pg_ctl", &self.folder.join("replica"));
        assert!(stop.args(["stop", "-m", "immediate", "-w"]).status().unwrap().success());
    }

    /// From now on the replica stands still; when this returns, it does.
    pub async fn pause(&self) {
        self.tell_replica("SELECT pg_wal_replay_pause()").await;
        let mut replica = self.replica().await;
        // Asked for is not done yet; which servers tell the two apart is their version.
        let is_paused =
            "SELECT CASE WHEN current_setting('server_version_num')::int < 140000 THEN pg_is_wal_replay_paused()
            ELSE pg_get_wal_replay_pause_state() = 'paused' END";
        while !sqlx::query_scalar::<_, bool>(is_paused).fetch_one(&mut replica).await.unwrap() {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
    }

    /// The replica goes on.
    pub async fn resume(&self) {
        self.tell_replica("SELECT pg_wal_replay_resume()").await;
    }

    async fn tell_replica(&self, statement: &str) {
        let statement = AssertSqlSafe(statement.to_owned());
        sqlx::query(statement).execute(&mut self.replica().await).await.unwrap();
    }
}

fn start(postgresql: &Installation, folder: &Path, which: &str) {
    drop(postgres(postgresql, &folder.join(which), &folder.join(format!("{which}.run"))));
}

fn url(folder: &Path, which: &str, database: &str) -> String {
    format!("postgres://hoinghi@localhost/{database}?host={}", folder.join(format!("{which}.run")).display())
}
