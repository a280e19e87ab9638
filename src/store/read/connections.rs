//! Connections for readers: who has to wait for one is told soon if the database is away, and waits his turn if it is
//! only busy. The pool itself cannot tell the two apart: it goes on trying where nobody listens.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::{Connection, Error, PgConnection, PgPool, Postgres};
use tokio::sync::Mutex;

/// Who has waited this long wants to know why; and how long what one of them has found out is told to the others.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long the database may take to answer before it counts as away.
const PATIENCE: Duration = Duration::from_secs(2);

/// The pool, and whether somebody answered there when a waiting reader looked last. Cheap to clone.
#[derive(Clone)]
pub struct Connections {
    pool: PgPool,
    looked: Arc<Mutex<Option<(Instant, bool)>>>,
}

impl Connections {
    /// Of this pool; nobody has looked yet.
    pub fn new(pool: PgPool) -> Self {
        Self { pool, looked: Arc::default() }
    }

    /// The next that is free, or made.
    pub(super) async fn acquire(&self) -> Result<PoolConnection<Postgres>, Error> {
        let mut acquired = Box::pin(self.pool.acquire());
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
        let options = self.pool.connect_options();
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
