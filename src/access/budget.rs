//! A token bucket a client: it holds the cost that may be used in a [`WINDOW`], and fills up as time goes by.
//!
//! A server reckons in memory (`account.rs`), for [`CLIENTS`] clients at most: whoever has not asked for longest is
//! forgotten first. Servers that share a database share what each client has used through it (`ledger.rs`).

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use lru::LruCache;
use sqlx::PgPool;

use super::account::{Account, Report, micros, remaining, room, seconds};
use super::ledger::Ledger;
use super::{Clock, Who};

/// In this time an empty bucket fills up.
pub const WINDOW: Duration = Duration::from_mins(1);
/// Buckets at most: some 15 MB.
const CLIENTS: NonZeroUsize = NonZeroUsize::new(100_000).unwrap();

/// What clients have used. Cheap to clone.
#[derive(Clone)]
pub struct Budgets {
    pub(super) clock: Clock,
    accounts: Arc<Mutex<LruCache<Who, Account>>>,
    ledger: Option<Arc<Ledger>>,
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
    /// Nobody has used anything yet, and nobody else counts.
    pub fn new(clock: Clock) -> Self {
        Self { clock, accounts: Arc::new(Mutex::new(LruCache::new(CLIENTS))), ledger: None }
    }

    /// Shared with all servers on this database.
    pub fn shared(pool: PgPool, clock: Clock) -> Self {
        Self { ledger: Some(Arc::new(Ledger::new(pool))), ..Self::new(clock) }
    }

    /// The budget of a client that may use `limit` in a [`WINDOW`].
    pub fn of(&self, who: Who, limit: u32) -> Budget {
        Budget { budgets: self.clone(), who, limit }
    }

    /// Does something with a client's account as it is now.
    pub(super) fn with<T>(&self, who: Who, work: impl FnOnce(&mut Account) -> T) -> T {
        let now = self.clock.now().timestamp_micros();
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let account = accounts.get_or_insert_mut(who, || Account::new(now));
        account.settle(now);
        work(account)
    }

    /// A client's account as it is now, only to look at.
    fn look(&self, who: Who) -> Account {
        let now = self.clock.now().timestamp_micros();
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut account = accounts.get(&who).copied().unwrap_or_else(|| Account::new(now));
        account.settle(now);
        account
    }
}

impl Budget {
    /// Uses this much. Mostly that is reckoned here; now and then the database is asked.
    pub async fn take(&self, cost: usize) -> Result<Balance, Overdrawn> {
        let Some(cost) = u32::try_from(cost).ok().filter(|cost| *cost <= self.limit) else {
            return Err(Overdrawn::Forever(self.limit));
        };
        let ledger = self.budgets.ledger.as_ref().filter(|ledger| ledger.answers(&self.budgets.clock));
        let cost = u64::from(cost);
        let report = self.budgets.with(self.who, |account| {
            self.fits(account, cost)?;
            account.use_up(cost, self.limit);
            let asks = ledger.is_some() && !account.may_wait(0, self.limit);
            Ok(asks.then(|| account.begin_report()))
        })?;
        match (report, ledger) {
            (Some(report), Some(ledger)) => ledger.take(self, report, cost).await?,
            (_, Some(ledger)) => ledger.tell_later(self),
            _ => {}
        }
        Ok(self.balance_here())
    }

    /// What is left, without using anything.
    pub async fn balance(&self) -> Balance {
        let ledger = self.budgets.ledger.as_ref().filter(|ledger| ledger.answers(&self.budgets.clock));
        if let Some(ledger) = ledger.filter(|_| !self.budgets.look(self.who).is_fresh()) {
            ledger.tell(self, self.budgets.with(self.who, Account::begin_report)).await;
        }
        self.balance_here()
    }

    pub(super) fn budgets(&self) -> &Budgets {
        &self.budgets
    }

    pub(super) fn who(&self) -> Who {
        self.who
    }

    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    /// What a report says to the database.
    pub(super) fn spent(&self, report: Report) -> crate::store::Spent {
        let Report { cost, age } = report;
        crate::store::Spent { client: self.who.to_bytes(), cost: micros(cost, self.limit), age }
    }

    /// Whether so much is left; if not, when it will be.
    pub(super) fn fits(&self, account: &Account, cost: u64) -> Result<(), Overdrawn> {
        let too_much = account.used(self.limit) + micros(cost, self.limit) - room(self.limit);
        if too_much <= 0 { Ok(()) } else { Err(Overdrawn::For(self.in_seconds(too_much).max(Duration::from_secs(1)))) }
    }

    fn in_seconds(&self, micros: i64) -> Duration {
        Duration::from_secs(seconds(micros, self.limit))
    }

    fn balance_here(&self) -> Balance {
        let used = self.budgets.look(self.who).used(self.limit);
        let reset_in = self.in_seconds(used);
        let reset_at = self.budgets.clock.now() + TimeDelta::from_std(reset_in).unwrap_or_default();
        Balance { limit: self.limit, remaining: remaining(used, self.limit), reset_at, reset_in }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};

    use super::*;

    #[tokio::test]
    async fn a_budget_fills_up_with_time_and_never_beyond_its_limit() {
        let seconds = Arc::new(AtomicI64::new(1_000));
        let told = Arc::clone(&seconds);
        let clock = Clock::of(move || DateTime::from_timestamp(told.load(Ordering::Relaxed), 0).unwrap_or_default());
        let budgets = Budgets::new(clock);
        let of = |last: u8| budgets.of(Who::at([127, 0, 0, last].into()), 60);
        let (one, other) = (of(1), of(2));
        assert_eq!(one.balance().await.remaining, 60);
        assert_eq!(one.take(61).await, Err(Overdrawn::Forever(60)));
        assert_eq!(one.take(50).await.map(|left| (left.remaining, left.reset_in.as_secs())), Ok((10, 50)));
        assert_eq!(one.take(15).await, Err(Overdrawn::For(Duration::from_secs(5))));
        assert_eq!(other.balance().await.remaining, 60, "each has its own");
        for (at, left) in [(1_004, 14), (1_005, 15), (990, 10), (1_049, 59), (9_999, 60)] {
            seconds.store(at, Ordering::Relaxed);
            assert_eq!(one.balance().await.remaining, left, "at {at}");
        }
        assert_eq!(one.take(15).await.map(|left| left.remaining), Ok(45));
    }

    #[test]
    fn addresses_tell_clients_apart_as_far_as_they_can() {
        let who = |address: &str| address.parse().map(Who::at);
        assert_eq!(who("::ffff:192.0.2.1"), who("192.0.2.1"));
        assert_eq!(who("2001:db8::1"), who("2001:db8::ffff:1"));
        assert_ne!(who("2001:db8::1"), who("2001:db8:0:1::1"));
    }
}
