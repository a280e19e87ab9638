//! One state of the database for all that a request reads, whatever is loaded meanwhile.

use sqlx::{
    Error, Postgres, SqlSafeStr, Transaction,
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
}

impl Snapshot {
    /// Takes nothing from the pool yet.
    pub fn new(connections: Connections) -> Self {
        Self { connections, transaction: Mutex::new(None) }
    }

    /// What this statement finds.
    pub(super) async fn rows(&self, statement: Query<'_, Postgres, PgArguments>) -> Result<Vec<PgRow>, Error> {
        let mut slot = self.transaction.lock().await;
        // Once there, it stays, even if its connection breaks: another would show another state.
        let transaction = match &mut *slot {
            Some(transaction) => transaction,
            None => slot.insert(begin(&self.connections).await?),
        };
        let found = statement.fetch_all(&mut **transaction).await;
        if found.is_err() {
            // Else PostgreSQL would refuse every other statement too. If the connection is gone, so will they find.
            let _ = sqlx::query(LEAVE_FAILED).execute(&mut **transaction).await;
        }
        found
    }
}

/// Begins what ends when it is dropped: its ROLLBACK is sent together with what the pool asks a connection that comes
/// back, and nobody waits for it.
async fn begin(connections: &Connections) -> Result<Transaction<'static, Postgres>, Error> {
    let connection = connections.acquire().await?;
    // In a task of its own, because the request may be given up right now. Of a BEGIN that is dropped half way sqlx
    // does not know that it is to be undone: the connection would go back with the transaction open, and the next
    // request would read an old state from it.
    let begun = tokio::spawn(Transaction::begin(connection, Some(BEGIN.into_sql_str())));
    begun.await.unwrap_or(Err(Error::WorkerCrashed))
}
