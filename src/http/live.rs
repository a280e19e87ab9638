//! What stays open: how many subscribers there may be, and telling all of them to end when the server does.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::refusal::Refusal;
use crate::access::{Client, Who};

/// Without anything to tell, a sign of life comes this often: proxies close what is silent for a minute.
pub(super) const SIGN_OF_LIFE: Duration = Duration::from_secs(20);
/// Connections that may stay open at once.
const CONNECTIONS: usize = 5_000;
/// Of these, one client's.
const OF_ONE: usize = 100;

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
    _own: Own,
}

type Taken = Arc<Mutex<HashMap<Option<Who>, usize>>>;

/// A place among those of one client.
struct Own(Taken, Option<Who>);

impl Own {
    fn take(all: &Taken, who: Option<Who>) -> Option<Self> {
        let mut taken = all.lock().unwrap_or_else(PoisonError::into_inner);
        let of_this = taken.entry(who).or_default();
        if *of_this >= OF_ONE {
            return None;
        }
        *of_this += 1;
        Some(Self(Arc::clone(all), who))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(of_this) = taken.get_mut(&self.1) {
            *of_this -= 1;
            if *of_this == 0 {
                taken.remove(&self.1);
            }
        }
    }
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
    taken: Taken,
}

impl Live {
    pub(super) fn new(stop: Stop) -> Self {
        Self { stop, places: Arc::new(Semaphore::new(CONNECTIONS)), taken: Taken::default() }
    }

    /// A place for this client, if there is one.
    pub(super) fn stay(&self, client: &Client) -> Result<Stay, Refusal> {
        let own = Own::take(&self.taken, client.who).ok_or_else(|| {
            Refusal::no_place(format!("{OF_ONE} connections that stay open are allowed to a client; close one first"))
        })?;
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| {
            Refusal::no_place(
                "there are as many subscribers as this server takes; ask again later, or ask `changes` now and then",
            )
        })?;
        Ok(Stay { stop: self.stop.0.subscribe(), _place: place, _own: own })
    }
}
