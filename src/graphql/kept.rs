//! Answers that are kept for as long as the data stay as they are.
//!
//! The data change only when something is loaded, so an answer is as good as new until then. Each is kept under its
//! operation and variables, of one version of the data: the first request that finds another version drops them all.
//!
//! Which version is the newest is known to whoever has just looked, and for [`LEASE`](crate::store::read::LEASE) longer: a loader waits that long
//! behind its last commit before it says that it is done (`ingest::settle`), so nobody who was told of a load is
//! answered from before it. Both measure with their own clocks, and only how long something takes. A server that hears
//! of a change (LISTEN/NOTIFY) looks at once.

use std::{
    sync::{Arc, Mutex, OnceLock, PoisonError},
    time::{Duration, Instant},
};

use lru::LruCache;
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use sqlx::Error;
use tokio::sync::{Mutex as Turn, watch};

use super::execute::Operation;
use crate::store::read::{Connections, DataVersion, Feed, Snapshot, data_version};

/// What an answer takes besides its text.
const OVERHEAD: usize = 256;

/// What an operation is known by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// Of all that the answer depends on, besides the data.
    pub fn of(operation: &Operation) -> Self {
        let mut digest = Sha256::new();
        let variables = serde_json::to_vec(&operation.variables).unwrap_or_default();
        let name = operation.operation_name.as_deref();
        for part in [operation.query.as_bytes(), name.unwrap_or_default().as_bytes(), &variables] {
            // With its length, so that nothing can move from one part into the next.
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
        digest.update([u8::from(name.is_some())]);
        Self(digest.finalize().into())
    }
}

/// An answer without errors.
#[derive(Clone)]
pub struct Kept {
    /// What was asked for.
    pub data: Arc<RawValue>,
    /// What that costs whoever asks.
    pub cost: usize,
}

/// The answers that are kept, those that were not asked for for longest going first.
pub struct Answers {
    most_bytes: usize,
    all: Mutex<All>,
}

struct All {
    version: Option<DataVersion>,
    bytes: usize,
    answers: LruCache<Key, Kept>,
}

impl All {
    /// None yet, of this version.
    fn of(version: Option<DataVersion>) -> Self {
        Self { version, bytes: 0, answers: LruCache::unbounded() }
    }
}

impl Answers {
    /// So many bytes of them at most; none with 0.
    pub fn new(most_bytes: usize) -> Self {
        Self { most_bytes, all: Mutex::new(All::of(None)) }
    }

    /// Whether any are kept.
    pub fn is_used(&self) -> bool {
        self.most_bytes > 0
    }

    /// The answer of this version.
    pub fn get(&self, version: DataVersion, key: Key) -> Option<Kept> {
        self.of(version).answers.get(&key).cloned()
    }

    /// Keeps an answer of this version. One that would drive many others out is not worth its place.
    pub fn keep(&self, version: DataVersion, key: Key, kept: Kept) {
        let size = |kept: &Kept| kept.data.get().len() + OVERHEAD;
        if size(&kept) > self.most_bytes / 8 {
            return;
        }
        let mut all = self.of(version);
        all.bytes += size(&kept);
        if let Some(before) = all.answers.put(key, kept) {
            all.bytes -= size(&before);
        }
        while all.bytes > self.most_bytes
            && let Some((_, last)) = all.answers.pop_lru()
        {
            all.bytes -= size(&last);
        }
    }

    fn of(&self, version: DataVersion) -> std::sync::MutexGuard<'_, All> {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.version != Some(version) {
            *all = All::of(Some(version));
        }
        all
    }
}

/// Knows the version of the data.
pub struct Newest {
    connections: Connections,
    feed: Feed,
    lease: Duration,
    heard: OnceLock<Turn<watch::Receiver<i64>>>,
    looked: Mutex<Option<(Instant, DataVersion)>>,
    turn: Turn<()>,
}

impl Newest {
    /// Of the database that these are to, never of a copy of it, which may be behind; the feed tells of its changes. Known
    /// for as long as `lease` at most.
    pub fn new(connections: &Connections, feed: Feed, lease: Duration) -> Self {
        let connections = connections.of_primary();
        Self { connections, feed, lease, heard: OnceLock::new(), looked: Mutex::default(), turn: Turn::default() }
    }

    /// The version: every load that was reported done before this was asked is in it.
    pub async fn version(&self) -> Result<DataVersion, Error> {
        if let Some(version) = self.known() {
            return Ok(version);
        }
        // One looks, however many ask.
        let _turn = self.turn.lock().await;
        if let Some(version) = self.known() {
            return Ok(version);
        }
        if !self.lease.is_zero() {
            self.hear().await;
        }
        let at = Instant::now();
        let version = data_version(&Snapshot::brief(self.connections.clone())).await?;
        *self.looked.lock().unwrap_or_else(PoisonError::into_inner) = Some((at, version));
        Ok(version)
    }

    /// The version that was found when somebody looked last.
    pub fn last(&self) -> Option<DataVersion> {
        (*self.looked.lock().unwrap_or_else(PoisonError::into_inner)).map(|(_, version)| version)
    }

    fn known(&self) -> Option<DataVersion> {
        let (at, version) = (*self.looked.lock().unwrap_or_else(PoisonError::into_inner))?;
        let has_heard = || {
            let heard = self.heard.get().and_then(|heard| heard.try_lock().ok());
            heard.is_some_and(|heard| heard.has_changed().unwrap_or(false))
        };
        (at.elapsed() < self.lease && !has_heard()).then_some(version)
    }

    /// Listens from now on, and forgets what was heard so far.
    async fn hear(&self) {
        let heard = self.heard.get_or_init(|| Turn::new(self.feed.follow()));
        heard.lock().await.mark_unchanged();
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn kept(bytes: usize) -> Kept {
        let data = RawValue::from_string(format!("\"{}\"", "a".repeat(bytes))).unwrap();
        Kept { data: data.into(), cost: 1 }
    }

    fn key(query: &str, name: Option<&str>) -> Key {
        let operation_name = name.map(str::to_owned);
        Key::of(&Operation { query: query.to_owned(), operation_name, ..Operation::default() })
    }

    #[test]
    fn they_are_of_one_version_and_have_an_end() {
        let answers = Answers::new(16 * 1024);
        let version = |number| DataVersion { database: Uuid::nil(), number };
        let keys: Vec<Key> = (0..20).map(|i| key(&format!("{{ a{i} }}"), None)).collect();
        for key in &keys {
            answers.keep(version(1), *key, kept(1000));
        }
        let there = |number| keys.iter().filter(|key| answers.get(version(number), **key).is_some()).count();
        assert_eq!(there(1), 13, "of 1,002 bytes and what they take besides");
        answers.keep(version(1), keys[0], kept(3000));
        assert!(answers.get(version(1), keys[0]).is_none(), "too long");
        assert_eq!((there(2), there(1)), (0, 0), "another version drops them");
    }

    #[test]
    fn operations_are_told_apart() {
        let keys = [key("{ a }", None), key("{ b }", None), key("{ a }", Some("")), key("{ a }", Some("A"))];
        for (i, one) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == one), Some(i));
        }
    }
}
