//! One state of the database for all that a request reads, whatever is loaded meanwhile.

use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::{
    Error, Postgres, SqlSafeStr, Transaction,
    pool::PoolConnection,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use tokio::sync::Mutex;

use super::Connections;

/// The savepoint lets a failed statement be left behind without losing the state that is read.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SAVEPOINT state";
const LEAVE_FAILED: &str = "ROLLBACK TO SAVEPOINT state";

/// What a request reads from: the database as it is at the first statement, through one connection, which is taken
/// when that statement comes and given back when this is dropped.
///
/// All statements go through that connection, one behind the other, so nobody who reads waits for a second one: a
/// pool of any size serves any number of requests, each in its turn.
pub struct Snapshot {
    connections: Connections,
    transaction: Mutex<Option<Transaction<'static, Postgres>>>,
    /// Whether it is a copy of the database that is read.
    of_copy: AtomicBool,
    /// Whether that copy has failed, or is too old.
    is_unfit: AtomicBool,
}

impl Snapshot {
    /// Takes nothing from the pool yet.
    pub fn new(connections: Connections) -> Self {
        let no = AtomicBool::default;
        Self { connections, transaction: Mutex::new(None), of_copy: no(), is_unfit: no() }
    }

    /// Where to read all of it again: from the database itself, if what was read is a copy that has failed meanwhile, or
    /// that is older than what whoever asks has seen.
    pub fn elsewhere(&self) -> Option<Connections> {
        self.is_unfit.load(Ordering::Relaxed).then(|| self.connections.of_primary())
    }

    /// Whoever asks has seen a later state than this shows. Whether that may be because it shows a copy; if so, what is
    /// read is of no use and will be read again [`elsewhere`](Self::elsewhere).
    pub fn is_outdated(&self) -> bool {
        let of_copy = self.of_copy.load(Ordering::Relaxed);
        self.is_unfit.fetch_or(of_copy, Ordering::Relaxed);
        of_copy
    }

    /// What this statement finds.
    pub(super) async fn rows(&self, statement: Query<'_, Postgres, PgArguments>) -> Result<Vec<PgRow>, Error> {
        let mut slot = self.transaction.lock().await;
        // Once there, it stays, even if its connection breaks: another would show another state.
        let transaction = match &mut *slot {
            Some(transaction) => transaction,
            None => slot.insert(self.begin().await?),
        };
        let found = statement.fetch_all(&mut **transaction).await;
        if let Err(error) = &found {
            let is_unfit = self.of_copy.load(Ordering::Relaxed) && !is_the_statements(error);
            self.is_unfit.fetch_or(is_unfit, Ordering::Relaxed);
            // Else PostgreSQL would refuse every other statement too. If the connection is gone, so will they find.
            let _ = sqlx::query(LEAVE_FAILED).execute(&mut **transaction).await;
        }
        found
    }

    async fn begin(&self) -> Result<Transaction<'static, Postgres>, Error> {
        if let Some(connection) = self.connections.of_copy().await {
            match begin(connection).await {
                Ok(transaction) => {
                    self.of_copy.store(true, Ordering::Relaxed);
                    return Ok(transaction);
                }
                Err(error) => tracing::debug!(%error, "a connection to the replica is broken"),
            }
        }
        begin(self.connections.acquire().await?).await
    }
}

/// Begins what ends when it is dropped: its ROLLBACK is sent together with what the pool asks a connection that comes
/// back, and nobody waits for it.
async fn begin(connection: PoolConnection<Postgres>) -> Result<Transaction<'static, Postgres>, Error> {
    // In a task of its own, because the request may be given up right now. Of a BEGIN that is dropped half way sqlx
    // does not know that it is to be undone: the connection would go back with the transaction open, and the next
    // request would read an old state from it.
    let begun = tokio::spawn(Transaction::begin(connection, Some(BEGIN.into_sql_str())));
    begun.await.unwrap_or(Err(Error::WorkerCrashed))
}

/// Whether a statement would fare no better anywhere else: it took too long, or what it was given cannot be.
fn is_the_statements(error: &Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    // 57014 is whatever was given up, 22 is data exceptions.
    code.is_some_and(|code| code == "57014" || code.starts_with("22"))
}
