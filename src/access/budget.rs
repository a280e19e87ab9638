//! A token bucket a client: it holds the cost that may be used in a [`WINDOW`], and fills up as time goes by.
//!
//! In memory, each server its own, for [`CLIENTS`] clients at most: whoever has not asked for longest is forgotten first,
//! and begins anew with a full one.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;

use super::{Clock, Who};

/// In this time an empty bucket fills up.
pub const WINDOW: Duration = Duration::from_mins(1);
/// Buckets at most: some 10 MB.
const CLIENTS: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

/// What clients have used. Cheap to clone.
#[derive(Clone)]
pub struct Budgets {
    clock: Clock,
    used: Arc<Mutex<LruCache<Who, Used>>>,
}

/// How much was used up at a time; it grows less from then on.
#[derive(Clone, Copy)]
struct Used {
    cost: f64,
    at: DateTime<Utc>,
}

/// One client's.
#[derive(Clone)]
pub struct Budget {
    budgets: Budgets,
    who: Who,
    limit: u32,
}

/// What a client has left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// Cost in a [`WINDOW`].
    pub limit: u32,
    /// What may be used at once.
    pub remaining: u32,
    /// When all of `limit` will be there again, if nothing more is used.
    pub reset_at: DateTime<Utc>,
    /// Until then.
    pub reset_in: Duration,
}

/// Nothing was taken, because there was not enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overdrawn {
    /// There will be, after this time.
    For(Duration),
    /// There never will be: it is more than this limit.
    Forever(u32),
}

impl Budgets {
    /// Nobody has used anything yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, used: Arc::new(Mutex::new(LruCache::new(CLIENTS))) }
    }

    /// The budget of a client that may use `limit` in a [`WINDOW`].
    pub fn of(&self, who: Who, limit: u32) -> Budget {
        Budget { budgets: self.clone(), who, limit }
    }
}

impl Budget {
    /// Uses this much.
    pub fn take(&self, cost: usize) -> Result<Balance, Overdrawn> {
        let Some(cost) = u32::try_from(cost).ok().filter(|cost| *cost <= self.limit) else {
            return Err(Overdrawn::Forever(self.limit));
        };
        let mut all = self.budgets.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut used = self.now(&mut all);
        used.cost += f64::from(cost);
        let too_much = used.cost - f64::from(self.limit);
        if too_much > 0.0 {
            return Err(Overdrawn::For(self.time_for(too_much)));
        }
        all.put(self.who, used);
        Ok(self.balance_of(used))
    }

    /// What is left, without using anything.
    pub fn balance(&self) -> Balance {
        let mut all = self.budgets.used.lock().unwrap_or_else(PoisonError::into_inner);
        self.balance_of(self.now(&mut all))
    }

    fn now(&self, all: &mut LruCache<Who, Used>) -> Used {
        let at = self.budgets.clock.now();
        let cost = all.get(&self.who).map_or(0.0, |used| {
            // A clock that was set back gives nothing and takes nothing.
            let passed = (at - used.at).to_std().unwrap_or_default();
            (used.cost - self.per_second() * passed.as_secs_f64()).max(0.0)
        });
        Used { cost, at }
    }

    fn per_second(&self) -> f64 {
        f64::from(self.limit) / WINDOW.as_secs_f64()
    }

    /// How long until this much more may be used; whole seconds, because that is what clients are told.
    fn time_for(&self, cost: f64) -> Duration {
        Duration::from_secs_f64((cost / self.per_second()).ceil())
    }

    fn balance_of(&self, used: Used) -> Balance {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to a u32")]
        let remaining = (f64::from(self.limit) - used.cost).max(0.0).floor() as u32;
        let reset_in = self.time_for(used.cost);
        let reset_at = used.at + TimeDelta::from_std(reset_in).unwrap_or_default();
        Balance { limit: self.limit, remaining, reset_at, reset_in }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    #[test]
    fn a_budget_fills_up_with_time_and_never_beyond_its_limit() {
        let seconds = Arc::new(AtomicI64::new(1_000));
        let told = Arc::clone(&seconds);
        let clock = Clock::of(move || DateTime::from_timestamp(told.load(Ordering::Relaxed), 0).unwrap_or_default());
        let budgets = Budgets::new(clock);
        let of = |last: u8| budgets.of(Who::at([127, 0, 0, last].into()), 60);
        let (one, other) = (of(1), of(2));
        assert_eq!(one.balance().remaining, 60);
        assert_eq!(one.take(61), Err(Overdrawn::Forever(60)));
        assert_eq!(one.take(50).map(|left| (left.remaining, left.reset_in.as_secs())), Ok((10, 50)));
        assert_eq!(one.take(15), Err(Overdrawn::For(Duration::from_secs(5))));
        assert_eq!(other.balance().remaining, 60, "each has its own");
        for (at, left) in [(1_004, 14), (1_005, 15), (990, 10), (1_049, 59), (9_999, 60)] {
            seconds.store(at, Ordering::Relaxed);
            assert_eq!(one.balance().remaining, left, "at {at}");
        }
        assert_eq!(one.take(15).map(|left| left.remaining), Ok(45));
    }

    #[test]
    fn addresses_tell_clients_apart_as_far_as_they_can() {
        let who = |address: &str| address.parse().map(Who::at);
        assert_eq!(who("::ffff:192.0.2.1"), who("192.0.2.1"));
        assert_eq!(who("2001:db8::1"), who("2001:db8::ffff:1"));
        assert_ne!(who("2001:db8::1"), who("2001:db8:0:1::1"));
    }
}
