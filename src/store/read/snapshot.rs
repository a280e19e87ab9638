//! One state of the database for all that a request reads, whatever is loaded meanwhile.

use std::sync::{
    OnceLock,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use sqlx::{
    Error, FromRow, Postgres, SqlSafeStr, Transaction,
    postgres::{PgArguments, PgRow},
    query::Query,
};
use tokio::sync::Mutex;

use super::{
    Connections,
    changes::{DataVersion, VERSION},
    resting::Lent,
};

/// The savepoint lets a failed statement be left behind without losing the state that is read.
const BEGIN: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SAVEPOINT state";
const LEAVE_FAILED: &str = "ROLLBACK TO SAVEPOINT state";

/// What a request reads from: the database as it is at the first statement, through one connection, which is taken
/// when that statement comes and given back when this is dropped.
///
/// All statements go through that connection, one behind the other, so nobody who reads waits for a second one: a
/// pool of any size serves any number of requests, each in its turn.
///
/// A single statement sees one state of the database by itself. Whoever expects to need no more ([`Snapshot::brief`])
/// spares PostgreSQL the transaction around it. If there is a second statement after all, it is in a transaction, and if
/// that shows another version of the data than the first statement saw, all there is to do is to begin anew:
/// [`Snapshot::has_moved`].
pub struct Snapshot {
    connections: Connections,
    reading: Mutex<Reading>,
    statements: AtomicU32,
    has_moved: AtomicBool,
    version: OnceLock<DataVersion>,
    /// Whether it is a copy of the database that is read.
    of_copy: AtomicBool,
    /// Whether that copy has failed, or is too old.
    is_unfit: AtomicBool,
}

/// How far a request has come with reading.
enum Reading {
    /// Nothing is read yet; `true` if one statement is expected.
    Nothing(bool),
    /// One statement was sent, in no transaction. `None` while the next is being prepared.
    Once(Option<Lent>),
    /// Everything in this transaction.
    State(Transaction<'static, Postgres>),
}

impl Snapshot {
    /// Takes nothing from the pool yet.
    pub fn new(connections: Connections) -> Self {
        Self::of(connections, false)
    }

    /// As [`Snapshot::new`], for a request that is expected to send a single statement.
    pub fn brief(connections: Connections) -> Self {
        Self::of(connections, true)
    }

    fn of(connections: Connections, is_brief: bool) -> Self {
        Self {
            connections,
            reading: Mutex::new(Reading::Nothing(is_brief)),
            statements: AtomicU32::new(0),
            has_moved: AtomicBool::new(false),
            version: OnceLock::new(),
            of_copy: AtomicBool::new(false),
            is_unfit: AtomicBool::new(false),
        }
    }

    /// How many statements were sent, besides those that begin and end.
    pub fn statements(&self) -> u32 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Whether the data changed between two statements, so that what was read does not fit together. Reading anew, with
    /// [`Snapshot::new`], will.
    pub fn has_moved(&self) -> bool {
        self.has_moved.load(Ordering::Relaxed)
    }

    /// The version of the data that is read, if a statement has told it.
    pub fn version(&self) -> Option<DataVersion> {
        self.version.get().copied()
    }

    /// What the statements so far have seen.
    pub(super) fn saw(&self, version: DataVersion) {
        let _ = self.version.set(version);
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
        self.statements.fetch_add(1, Ordering::Relaxed);
        let mut reading = self.reading.lock().await;
        match &mut *reading {
            Reading::Nothing(true) => {
                let mut connection = self.connection().await?;
                let found = connection.rows(statement).await;
                self.look_at(&found);
                *reading = Reading::Once(Some(connection));
                return found;
            }
            // On the heap, because most requests need none of it.
            Reading::Nothing(false) => *reading = Reading::State(Box::pin(self.begin()).await?),
            Reading::Once(connection) => {
                let connection = connection.take().ok_or(Error::WorkerCrashed)?;
                *reading = Reading::State(Box::pin(self.continued(connection)).await?);
            }
            Reading::State(_) => {}
        }
        // Once there, it stays, even if its connection breaks: another would show another state.
        let Reading::State(transaction) = &mut *reading else { return Err(Error::WorkerCrashed) };
        let found = statement.fetch_all(&mut **transaction).await;
        self.look_at(&found);
        if found.is_err() {
            // Else PostgreSQL would refuse every other statement too. If the connection is gone, so will they find.
            let _ = Box::pin(sqlx::query(LEAVE_FAILED).execute(&mut **transaction)).await;
        }
        found
    }

    /// What a statement that fails says of the copy that it was sent to.
    fn look_at<T>(&self, found: &Result<T, Error>) {
        if let Err(error) = found {
            let is_unfit = self.of_copy.load(Ordering::Relaxed) && !is_the_statements(error);
            self.is_unfit.fetch_or(is_unfit, Ordering::Relaxed);
        }
    }

    async fn connection(&self) -> Result<Lent, Error> {
        match self.connections.of_copy().await {
            Some(connection) => {
                self.of_copy.store(true, Ordering::Relaxed);
                Ok(connection)
            }
            None => self.connections.acquire().await,
        }
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

    /// A transaction on the connection of the statement before it, if it shows what that saw.
    async fn continued(&self, connection: Lent) -> Result<Transaction<'static, Postgres>, Error> {
        let mut transaction = begin(connection).await?;
        let row = sqlx::query(VERSION).fetch_one(&mut *transaction).await?;
        if self.version() == Some(DataVersion::from_row(&row)?) {
            return Ok(transaction);
        }
        self.has_moved.store(true, Ordering::Relaxed);
        Err(Error::Protocol("the data have moved on".to_owned()))
    }
}

/// Begins what ends when it is dropped: its ROLLBACK is sent together with what the pool asks a connection that comes
/// back, and nobody waits for it.
async fn begin(connection: Lent) -> Result<Transaction<'static, Postgres>, Error> {
    let connection = connection.into_connection()?;
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
