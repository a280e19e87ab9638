//! Connections for readers, to the database itself or to a copy of it.
//!
//! Who has to wait for one of the database is told soon if it is away, and waits his turn if it is only busy. The pool
//! itself cannot tell the two apart: it goes on trying where nobody listens.

use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::{Connection, Error, PgConnection, PgPool};
use tokio::sync::Mutex;

use super::Feed;
use super::replica::{Replica, Watched};
use super::resting::{Lent, Resting};

/// Who has waited this long wants to know why; and how long what one of them has found out is told to the others.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long the database may take to answer before it counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where to read from. Cheap to clone.
#[derive(Clone)]
pub struct Connections {
    resting: Resting,
    /// Whether somebody answered there when a waiting reader looked last.
    looked: Arc<Mutex<Option<(Instant, bool)>>>,
    copy: Option<Watched>,
    /// The change that has to be there already.
    at_least: i64,
}

impl Connections {
    /// To this database only; nobody has looked yet.
    pub fn new(pool: PgPool) -> Self {
        Self { resting: Resting::new(pool), looked: Arc::default(), copy: None, at_least: 0 }
    }

    /// To this copy of the database too, for as long as it is as new as it has to be; `feed` tells how new the database is.
    #[must_use]
    pub fn with_copy(self, replica: &Replica, feed: &Feed) -> Self {
        Self { copy: Some(replica.watch(self.resting.pool().clone(), feed)), ..self }
    }

    /// Whether there is a copy.
    pub fn has_copy(&self) -> bool {
        self.copy.is_some()
    }

    /// Only where this change has happened already.
    #[must_use]
    pub fn since(&self, number: i64) -> Self {
        Self { at_least: number, ..self.clone() }
    }

    /// Of the database itself only.
    #[must_use]
    pub fn of_primary(&self) -> Self {
        Self { copy: None, ..self.clone() }
    }

    /// The next that is free, or made, of the copy; `None` if that is not to be asked.
    pub(super) async fn of_copy(&self) -> Option<Lent> {
        // On the heap, as all here that is seldom waited for: else every future above this has room for it and is moved
        // about with it.
        Box::pin(self.copy.as_ref()?.acquire(self.at_least)).await
    }

    /// The next of the database itself that is free, or made.
    pub(super) async fn acquire(&self) -> Result<Lent, Error> {
        match self.resting.rested() {
            Some(rested) => Ok(rested),
            None => Box::pin(self.next()).await,
        }
    }

    async fn next(&self) -> Result<Lent, Error> {
        let mut acquired = pin!(self.resting.acquire());
        loop {
            tokio::select! {
                acquired = &mut acquired => return acquired,
                is_there = self.look() => if !is_there { return Err(Error::PoolTimedOut) },
            }
        }
    }

    /// After a while, whether somebody answers. One looks, however many wait, so that a busy database is not kept busy
    /// with this.
    async fn look(&self) -> bool {
        tokio::time::sleep(LOOK_EVERY).await;
        let mut looked = self.looked.lock().await;
        if let Some((at, found)) = *looked
            && at.elapsed() < LOOK_EVERY
        {
            return found;
        }
        let options = self.resting.pool().connect_options();
        let found = match tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await {
            Ok(Ok(connection)) => connection.close().await.is_ok(),
            // Who refuses us for want of connections is there. 57P is who is starting or shutting down.
            Ok(Err(Error::Database(error))) => !error.code().is_some_and(|code| code.starts_with("57P")),
            Ok(Err(_)) | Err(_) => false,
        };
        *looked = Some((Instant::now(), found));
        found
    }
}
