//! A copy of the database that readers may ask: a streaming replica (hot standby). The database itself stays the one that
//! is written to and that tells of changes.
//!
//! How far a copy is behind is seen from the number of the last change (`data_version`), which it has like everything
//! else, and which the database's [`Feed`] tells as soon as it moves. So a copy of data that do not change is never
//! behind, whatever else its server has to catch up with; and it is behind for as long as we have known of a change that
//! it has not got.

use std::fmt;
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use sqlx::{Connection, Error, FromRow, PgConnection, PgPool};
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use super::lag::Heard;
use super::resting::{Lent, Resting};
use super::{DataVersion, Feed};
use crate::store::{self, connect};

/// How often a copy that has everything is asked whether it still is there.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// How often one that has not is asked how far it is.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How long it may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A copy that may be asked. Cheap to clone.
#[derive(Clone)]
pub struct Replica(Arc<Inner>);

struct Inner {
    pool: PgPool,
    max_lag: Duration,
    seen: watch::Sender<Seen>,
    /// Whoever wants to have it looked at now.
    hurry: Notify,
}

/// How a copy was when it was last looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Seen {
    standing: Standing,
    /// The number of its last change.
    number: i64,
    /// Since when we know of a change that it has not got.
    behind_since: Option<Instant>,
}

/// What there is to say of a copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is asked.
    Used,
    /// It is there, and too far behind to be asked.
    Behind,
    /// It does not answer.
    Gone,
    /// It answers, and is no copy of the database.
    Other,
}

impl fmt::Debug for Replica {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Replica({:?})", self.standing())
    }
}

impl Replica {
    /// The one at `url`, asked through at most `max_connections`, when it is no more than `max_lag` behind. Whether anybody
    /// answers there is seen later, and again and again.
    pub fn new(url: &str, max_connections: u32, max_lag: Duration) -> Result<Self, store::Error> {
        let pool = connect::lazily(connect::to_read(url)?, max_connections);
        let nothing = Seen { standing: Standing::Gone, number: 0, behind_since: None };
        Ok(Self(Arc::new(Inner { pool, max_lag, seen: watch::Sender::new(nothing), hurry: Notify::new() })))
    }

    /// How it was when it was last looked at.
    pub fn standing(&self) -> Standing {
        let seen = *self.0.seen.borrow();
        match seen.standing {
            Standing::Used if !self.0.is_in_time(seen) => Standing::Behind,
            standing => standing,
        }
    }

    /// Closes its connections.
    pub async fn close(&self) {
        self.0.pool.close().await;
    }

    /// Looks at it from now on, for as long as it is used. `primary` is what it is a copy of.
    pub(super) fn watch(&self, primary: PgPool, feed: &Feed) -> Watched {
        let heard = Arc::new(Heard::default());
        let watching = Watching { replica: Arc::downgrade(&self.0), primary, heard: Arc::clone(&heard), asked: None };
        let latest = feed.follow();
        tokio::spawn(note(latest.clone(), Arc::clone(&heard), Arc::downgrade(&self.0)));
        tokio::spawn(watching.watch());
        Watched { replica: self.clone(), resting: Resting::new(self.0.pool.clone()), latest }
    }
}

impl Inner {
    fn is_in_time(&self, seen: Seen) -> bool {
        seen.behind_since.is_none_or(|since| since.elapsed() <= self.max_lag)
    }

    fn see(&self, seen: Seen) {
        let before = self.seen.send_replace(seen);
        if before.standing != seen.standing {
            match seen.standing {
                Standing::Used => tracing::info!("reads go to the replica"),
                Standing::Other => {
                    tracing::error!("the database at DATABASE_READ_URL is no copy of the other; it is not asked");
                }
                Standing::Gone => tracing::warn!("the replica does not answer; reads go to the primary"),
                Standing::Behind => tracing::info!("the replica is behind; reads go to the primary"),
            }
        }
    }
}

/// A copy, and how new the database itself is.
#[derive(Clone)]
pub(super) struct Watched {
    replica: Replica,
    resting: Resting,
    latest: watch::Receiver<i64>,
}

impl Watched {
    /// The next connection that is free, or made, if it is to be asked now by somebody who knows of change `at_least`.
    pub(super) async fn acquire(&self, at_least: i64) -> Option<Lent> {
        if !self.may_answer(at_least) {
            return None;
        }
        let mut seen = self.replica.0.seen.subscribe();
        tokio::select! {
            acquired = self.resting.acquire() => acquired.inspect_err(|_| self.replica.0.hurry.notify_one()).ok(),
            // Nobody waits for one that is gone.
            _ = seen.wait_for(|seen| seen.standing != Standing::Used) => None,
        }
    }

    fn may_answer(&self, at_least: i64) -> bool {
        let (seen, inner) = (*self.replica.0.seen.borrow(), &self.replica.0);
        let has_all = seen.number >= *self.latest.borrow();
        let is_in_time = || !inner.max_lag.is_zero() && inner.is_in_time(seen);
        seen.standing == Standing::Used && seen.number >= at_least && (has_all || is_in_time())
    }
}

/// Notes when each change of the database was heard of, while anybody looks at the copy.
async fn note(mut latest: watch::Receiver<i64>, heard: Arc<Heard>, replica: Weak<Inner>) {
    loop {
        // Until the first is heard of it is 0.
        let number = *latest.borrow_and_update();
        if number > 0 {
            heard.note(number, Instant::now());
        }
        let Some(replica) = replica.upgrade() else { return };
        replica.hurry.notify_one();
        drop(replica);
        // Ends with whoever tells, too; and looks now and then whether the copy is still of interest.
        if let Ok(Err(_)) = tokio::time::timeout(PATIENCE, latest.changed()).await {
            return;
        }
    }
}

/// Looks at a copy again and again.
struct Watching {
    replica: Weak<Inner>,
    primary: PgPool,
    heard: Arc<Heard>,
    /// A connection of its own: a busy copy is there all the same.
    asked: Option<PgConnection>,
}

impl Watching {
    async fn watch(mut self) {
        let mut database = None;
        loop {
            let Some(replica) = self.replica.upgrade() else { return };
            let seen = self.look(&replica, &mut database).await;
            replica.see(seen);
            let pause = match seen.standing {
                Standing::Used | Standing::Behind if seen.behind_since.is_some() => LOOK_AGAIN,
                _ => LOOK_EVERY,
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                // However often something changes.
                () = replica.hurry.notified() => tokio::time::sleep(LOOK_AGAIN / 10).await,
            }
        }
    }

    async fn look(&mut self, replica: &Inner, database: &mut Option<Uuid>) -> Seen {
        let found = tokio::time::timeout(PATIENCE, self.ask(replica)).await;
        let Ok(Ok(DataVersion { database: of, number })) = found else {
            self.asked = None;
            return Seen { standing: Standing::Gone, number: 0, behind_since: None };
        };
        if *database != Some(of) {
            // Or the database has been made anew meanwhile.
            match tokio::time::timeout(PATIENCE, version(&self.primary)).await {
                Ok(Ok(version)) => {
                    self.heard.note(version.number, Instant::now());
                    *database = Some(version.database);
                }
                // What it would be a copy of is not known.
                _ => return Seen { standing: Standing::Gone, number: 0, behind_since: None },
            }
        }
        if *database != Some(of) {
            return Seen { standing: Standing::Other, number: 0, behind_since: None };
        }
        let behind_since = self.heard.behind_since(number);
        let seen = Seen { standing: Standing::Used, number, behind_since };
        let standing = if replica.is_in_time(seen) { Standing::Used } else { Standing::Behind };
        Seen { standing, ..seen }
    }

    async fn ask(&mut self, replica: &Inner) -> Result<DataVersion, Error> {
        let connection = match &mut self.asked {
            Some(connection) => connection,
            None => self.asked.insert(PgConnection::connect_with(&replica.pool.connect_options()).await?),
        };
        version(connection).await
    }
}

async fn version(database: impl sqlx::PgExecutor<'_>) -> Result<DataVersion, Error> {
    let row = sqlx::query("SELECT database, number FROM data_version").fetch_one(database).await?;
    DataVersion::from_row(&row)
}
