//! Connections between one request and the next.
//!
//! The pool asks each connection that comes back whether it still lives: a round trip for every request, which costs more
//! than many a statement. What a statement has just succeeded on is known to live, and rests here instead, where
//! the next request takes it. Nobody waits for the pool while one rests.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Instant;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{Error, PgPool, Postgres};

use crate::store::connect::TRUSTED_FOR;

/// One in so many goes back to the pool all the same, so that the pool can end it if it is old.
const RETURNED: usize = 1000;

/// A pool, and those of its connections that rest.
#[derive(Clone)]
pub(super) struct Resting(Arc<Inner>);

struct Inner {
    pool: PgPool,
    idle: Idle,
    /// How many wait for the pool.
    waiting: AtomicUsize,
    /// How many may rest: half of the pool's.
    most: usize,
    /// How often one has lain down.
    rests: AtomicUsize,
}

type Idle = Arc<Mutex<Vec<(PoolConnection<Postgres>, Instant)>>>;

/// Counts who waits, for as long as he does.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Resting {
    /// None rests yet. To be called where tasks can be spawned.
    pub fn new(pool: PgPool) -> Self {
        let most = usize::try_from(pool.options().get_max_connections() / 2).unwrap_or(0);
        let idle = Idle::default();
        // Whoever closes the pool waits for all its connections.
        let (closing, rested) = (pool.close_event(), Arc::downgrade(&idle));
        tokio::spawn(async move {
            closing.await;
            if let Some(idle) = rested.upgrade() {
                give_back(&idle);
            }
        });
        Self(Arc::new(Inner { pool, idle, waiting: AtomicUsize::new(0), most, rests: AtomicUsize::new(0) }))
    }

    /// The pool.
    pub fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    /// One that rests, or else the pool's next.
    pub async fn acquire(&self) -> Result<Lent, Error> {
        if let Some(rested) = self.rested() {
            return Ok(rested);
        }
        let _waiting = Waiting::new(&self.0.waiting);
        // One may have lain down before it could know that somebody waits.
        match self.rested() {
            Some(rested) => Ok(rested),
            None => self.0.pool.acquire().await.map(|connection| self.lent(connection)),
        }
    }

    /// One that rests, if any does.
    pub fn rested(&self) -> Option<Lent> {
        let (connection, since) = lock(&self.0.idle).pop()?;
        if since.elapsed() < TRUSTED_FOR {
            return Some(self.lent(connection));
        }
        // Too long to be trusted: the pool asks whether it lives.
        // The others have rested longer still.
        drop(connection);
        give_back(&self.0.idle);
        None
    }

    fn lent(&self, connection: PoolConnection<Postgres>) -> Lent {
        Lent { connection: Some(connection), home: Arc::downgrade(&self.0), has_succeeded: false }
    }
}

/// A connection that may rest when this is dropped.
pub(super) struct Lent {
    /// `None` when it is dropped.
    connection: Option<PoolConnection<Postgres>>,
    home: Weak<Inner>,
    has_succeeded: bool,
}

impl Lent {
    /// What this statement finds. Only if it has found it, the connection may rest: not if nobody waited for the end.
    pub async fn rows(&mut self, statement: Query<'_, Postgres, PgArguments>) -> Result<Vec<PgRow>, Error> {
        self.has_succeeded = false;
        let found = statement.fetch_all(&mut **self.connection.as_mut().ok_or(Error::WorkerCrashed)?).await;
        self.has_succeeded = found.is_ok();
        found
    }

    /// For a transaction: how that ends, the pool has to see to.
    pub fn into_connection(mut self) -> Result<PoolConnection<Postgres>, Error> {
        self.connection.take().ok_or(Error::WorkerCrashed)
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        if let (Some(connection), Some(home), true) = (self.connection.take(), self.home.upgrade(), self.has_succeeded)
        {
            home.rest(connection);
        }
    }
}

impl Inner {
    fn rest(&self, connection: PoolConnection<Postgres>) {
        let is_due = self.rests.fetch_add(1, Ordering::Relaxed).is_multiple_of(RETURNED);
        // Who else uses the pool does not know of those that rest: something has to be left for him.
        let is_needed = self.pool.num_idle() == 0 && self.pool.size() >= self.pool.options().get_max_connections();
        {
            let mut idle = lock(&self.idle);
            if is_due || is_needed || idle.len() >= self.most {
                return;
            }
            idle.push((connection, Instant::now()));
        }
        // Looked at afterwards: who begins to wait, or to close, meanwhile looks here once more.
        if self.waiting.load(Ordering::SeqCst) > 0 || self.pool.is_closed() {
            give_back(&self.idle);
        }
    }
}

fn lock(idle: &Idle) -> std::sync::MutexGuard<'_, Vec<(PoolConnection<Postgres>, Instant)>> {
    idle.lock().unwrap_or_else(PoisonError::into_inner)
}

/// All that rest go back to the pool.
fn give_back(idle: &Idle) {
    let rested = std::mem::take(&mut *lock(idle));
    drop(rested);
}
