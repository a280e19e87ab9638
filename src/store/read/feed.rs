//! Hears of changes: one connection that listens, however many wait. Nobody who waits holds one.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sqlx::{
    Error, PgPool,
    postgres::{PgListener, PgPoolOptions},
};
use tokio::sync::watch;

/// What `record_changes()` notifies on.
const CHANNEL: &str = "hoinghi_changes";
/// How often the number is looked up, in case a notification was lost without anybody noticing.
const LOOK_EVERY: Duration = Duration::from_secs(30);
/// How long to wait after the database went away.
const RETRY_AFTER: Duration = Duration::from_secs(1);

/// Tells those who wait the number of the last change. It listens while somebody does. Cheap to clone.
#[derive(Clone)]
pub struct Feed(Arc<Inner>);

struct Inner {
    pool: PgPool,
    latest: watch::Sender<i64>,
    listening: Mutex<bool>,
}

impl Feed {
    /// Of the database that this pool is of. It makes a connection of its own and takes none of these.
    pub fn new(pool: PgPool) -> Self {
        Self(Arc::new(Inner { pool, latest: watch::Sender::new(0), listening: Mutex::new(false) }))
    }

    /// The number of the last change, from now on. It may be behind (0 to begin with) for as long as listening takes to
    /// begin, and then changes.
    pub fn follow(&self) -> watch::Receiver<i64> {
        let mut listening = self.0.listening.lock().unwrap_or_else(PoisonError::into_inner);
        let receiver = self.0.latest.subscribe();
        if !*listening {
            *listening = true;
            tokio::spawn(listen(Arc::clone(&self.0)));
        }
        receiver
    }
}

/// Listens until nobody waits any more.
async fn listen(feed: Arc<Inner>) {
    loop {
        let heard = tokio::select! {
            () = feed.latest.closed() => Ok(()),
            heard = hear(&feed) => heard,
        };
        {
            // Whoever comes now finds either us or that nobody listens.
            let mut listening = feed.listening.lock().unwrap_or_else(PoisonError::into_inner);
            if feed.latest.receiver_count() == 0 {
                *listening = false;
                return;
            }
        }
        if let Err(error) = heard {
            tracing::warn!(%error, "changes cannot be heard of at the moment");
            tokio::time::sleep(RETRY_AFTER).await;
        }
    }
}

/// Passes on what is notified; what was missed while nobody listened is made up for by looking.
async fn hear(feed: &Inner) -> Result<(), Error> {
    let options = (*feed.pool.connect_options()).clone();
    let own = PgPoolOptions::new().max_connections(1).connect_lazy_with(options);
    let mut listener = PgListener::connect_with(&own).await?;
    listener.listen(CHANNEL).await?;
    loop {
        let number: i64 = sqlx::query_scalar("SELECT number FROM data_version").fetch_one(&mut listener).await?;
        tell(feed, number);
        // Until the connection was lost and is there again, or it is time to look.
        let until = tokio::time::sleep(LOOK_EVERY);
        tokio::pin!(until);
        loop {
            tokio::select! {
                () = &mut until => break,
                heard = listener.try_recv() => match heard? {
                    Some(notification) => match notification.payload().parse() {
                        Ok(number) => tell(feed, number),
                        Err(_) => break,
                    },
                    None => break,
                },
            }
        }
    }
}

fn tell(feed: &Inner, number: i64) {
    // Also down: a database that was restored begins somewhere else.
    feed.latest.send_if_modified(|latest| std::mem::replace(latest, number) != number);
}
