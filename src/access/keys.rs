//! API keys: 256 random bits, of which the database has a SHA-256 digest.
//!
//! A slow, salted hash is for passwords, which people choose and others guess. Nobody guesses 256 random bits, and a
//! digest of them can be looked up: that takes no longer for a key that is almost right, so nothing is to be learnt
//! from the time it takes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use super::Clock;
use crate::store::{self, KeyRow};

/// What every key begins with, so that scanners for leaked secrets, and people, can tell what it is.
const PREFIX: &str = "hoinghi_";
/// How long what the database says of the keys is believed: a revoked one is good for no longer, a new one after this.
const BELIEVED: Duration = Duration::from_secs(2);
/// How long it is believed where the database does not answer.
const BELIEVED_IN_NEED: Duration = Duration::from_mins(1);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long it is not asked again after it did not answer.
const SILENT: Duration = Duration::from_secs(5);

/// A key's digest, which is what it is known by.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key([u8; 32]);

impl Key {
    /// Of the key as its holder has it.
    fn of(key: &str) -> Self {
        Self(Sha256::digest(key.as_bytes()).into())
    }

    pub(super) fn digest(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(hidden)")
    }
}

/// Why something about keys could not be done.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The name is taken.
    #[error("there is a key named {0:?} already; revoke it first, or choose another name")]
    Taken(String),
    /// Nothing has the name.
    #[error("there is no key named {0:?} that could be revoked; `hoinghi keys list` shows them")]
    Unknown(String),
    /// The system has no random bytes to give.
    #[error("the system gives no random bytes: {0}")]
    Random(getrandom::Error),
    /// A statement failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Makes a key, which is stored nowhere: this is the only time that it is told.
pub async fn create(pool: &PgPool, name: &str, limit: Option<i32>) -> Result<String, KeysError> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(KeysError::Random)?;
    let key = random.iter().fold(PREFIX.to_owned(), |key, byte| format!("{key}{byte:02x}"));
    if store::insert_key(pool, &Key::of(&key).0, name, limit).await? {
        Ok(key)
    } else {
        Err(KeysError::Taken(name.to_owned()))
    }
}

/// All keys there are or were.
pub async fn list(pool: &PgPool) -> Result<Vec<KeyRow>, KeysError> {
    Ok(store::keys(pool).await?)
}

/// Revokes a key; servers that run will know within seconds.
pub async fn revoke(pool: &PgPool, name: &str) -> Result<(), KeysError> {
    if store::revoke_key(pool, name).await? { Ok(()) } else { Err(KeysError::Unknown(name.to_owned())) }
}

/// The keys that are good, as the database said a moment ago: one statement in [`BELIEVED`], however many requests.
pub struct Keys {
    pool: PgPool,
    clock: Clock,
    told: Mutex<Told>,
    /// Held by whoever asks the database; the others wait for what it says.
    asking: tokio::sync::Mutex<()>,
}

/// What the database said last, and since when it says nothing.
#[derive(Default)]
struct Told {
    known: Option<Known>,
    silent_since: Option<DateTime<Utc>>,
}

struct Known {
    since: DateTime<Utc>,
    limits: HashMap<Key, Option<u32>>,
}

/// A key's own limit, where it is good.
type Good = Option<Option<u32>>;

impl Keys {
    /// Those in this database.
    pub fn new(pool: PgPool, clock: Clock) -> Self {
        Self { pool, clock, told: Mutex::default(), asking: tokio::sync::Mutex::default() }
    }

    /// The digest of a key and its own limit; `None` if it is not good.
    pub async fn find(&self, key: &str) -> Result<Option<(Key, Option<u32>)>, store::Error> {
        let key = Key::of(key);
        Ok(self.good(key).await?.map(|limit| (key, limit)))
    }

    /// Whether a key that was good still is.
    pub async fn is_good(&self, key: Key) -> Result<bool, store::Error> {
        Ok(self.good(key).await?.is_some())
    }

    async fn good(&self, key: Key) -> Result<Good, store::Error> {
        if let Some(remembered) = self.remembered(key) {
            return remembered;
        }
        let _asking = self.asking.lock().await;
        // Somebody else may have asked meanwhile.
        if let Some(remembered) = self.remembered(key) {
            return remembered;
        }
        let rows = tokio::time::timeout(PATIENCE, store::keys(&self.pool)).await;
        let now = self.clock.now();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        match rows {
            Ok(Ok(rows)) => {
                let limits = rows.into_iter().filter_map(good).collect();
                *told = Told { known: Some(Known { since: now, limits }), silent_since: None };
            }
            Ok(Err(error)) if told.known_within(BELIEVED_IN_NEED, now).is_none() => {
                told.silent_since = Some(now);
                return Err(error);
            }
            _ => told.silent_since = Some(now),
        }
        told.in_need(key, now)
    }

    /// Without asking, if that is not needed or of no use.
    fn remembered(&self, key: Key) -> Option<Result<Good, store::Error>> {
        let now = self.clock.now();
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = told.known_within(BELIEVED, now) {
            return Some(Ok(known.limits.get(&key).copied()));
        }
        told.silent_since.filter(|since| age(*since, now) < SILENT).map(|_| told.in_need(key, now))
    }
}

impl Told {
    fn known_within(&self, time: Duration, now: DateTime<Utc>) -> Option<&Known> {
        self.known.as_ref().filter(|known| age(known.since, now) < time)
    }

    fn in_need(&self, key: Key, now: DateTime<Utc>) -> Result<Good, store::Error> {
        let known = self.known_within(BELIEVED_IN_NEED, now).ok_or(sqlx::Error::PoolTimedOut)?;
        Ok(known.limits.get(&key).copied())
    }
}

fn age(since: DateTime<Utc>, now: DateTime<Utc>) -> Duration {
    (now - since).abs().to_std().unwrap_or(Duration::MAX)
}

fn good(row: KeyRow) -> Option<(Key, Option<u32>)> {
    let digest = row.digest.try_into().ok().filter(|_| row.revoked_at.is_none())?;
    Some((Key(digest), row.cost_limit.and_then(|limit| limit.try_into().ok())))
}
