//! What stays open: how many subscribers there may be, and telling all of them to end when the server does.

use std::{sync::Arc, time::Duration};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// Without anything to tell, a sign of life comes this often: proxies close what is silent for a minute.
pub(super) const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// Connections that may stay open at once.
const CONNECTIONS: usize = 5_000;
/// What a subscriber that comes later is told.
pub(super) const FULL: &str =
    "there are as many subscribers as this server takes; ask again later, or ask `changes` now and then";

/// Ends whatever stays open. Cheap to clone: any of them ends all.
#[derive(Clone, Debug)]
pub struct Stop(Arc<watch::Sender<bool>>);

impl Default for Stop {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }
}

impl Stop {
    /// Tells all that stays open to end, and returns when it has.
    pub async fn now(&self) {
        self.0.send_replace(true);
        self.0.closed().await;
    }
}

/// A place among those who stay, kept for as long as they do.
pub(super) struct Stay {
    stop: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Stay {
    /// Waits to be told to end.
    pub(super) async fn over(&mut self) {
        // Without anybody who could tell, it is over as well.
        let _ = self.stop.wait_for(|stopped| *stopped).await;
    }
}

/// Who may stay.
#[derive(Clone)]
pub(super) struct Live {
    stop: Stop,
    places: Arc<Semaphore>,
}

impl Live {
    pub(super) fn new(stop: Stop) -> Self {
        Self { stop, places: Arc::new(Semaphore::new(CONNECTIONS)) }
    }

    /// A place, if there is one.
    pub(super) fn stay(&self) -> Option<Stay> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Stay { stop: self.stop.0.subscribe(), _place: place })
    }
}
