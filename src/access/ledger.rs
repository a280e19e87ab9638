//! What clients have used, for all servers that share a database.
//!
//! A server does not ask for every request. It goes by what the database told it a moment ago, and tells what it has let a
//! client use when that is a slice of the limit (`account.rs`), or half a second later, all clients in one statement. So a
//! client of N servers at once may use at most N - 1 slices more than its limit, and what it is told it has left may be off
//! by as much for that half second. While the database does not answer, each server goes by what it knows and counts
//! itself: a client then has a limit on each of them, at most.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::PgPool;

use super::account::{Account, Report, room};
use super::{Budget, Clock, Overdrawn, WINDOW, Who};
use crate::store::{self, Spent};

/// What is not a slice yet is told after this time.
const TELL_AFTER: Duration = Duration::from_millis(500);
/// How long the database may take.
const PATIENCE: Duration = Duration::from_millis(500);
/// How long it is not asked again after it did not answer.
const SILENT: Duration = Duration::from_secs(5);

/// The database's account of what clients have used.
pub(super) struct Ledger {
    pool: PgPool,
    /// Who has something that is to be told.
    untold: Mutex<HashMap<Who, Budget>>,
    /// When the database may be asked again, and when its rows were last cleared: microseconds since 1970.
    silent_until: AtomicI64,
    cleared_at: AtomicI64,
}

impl Ledger {
    pub(super) fn new(pool: PgPool) -> Self {
        Self { pool, untold: Mutex::default(), silent_until: AtomicI64::new(0), cleared_at: AtomicI64::new(0) }
    }

    /// Whether the database can be asked, as far as is known.
    pub(super) fn answers(&self, clock: &Clock) -> bool {
        let silent_for = self.silent_until.load(Ordering::Relaxed) - clock.now().timestamp_micros();
        // A clock that was set back makes nobody wait longer.
        !(0..=micros(SILENT)).contains(&silent_for)
    }

    /// Tells the database what has been used, of which `cost` is only now to be: refused if all servers together have
    /// let the client use too much.
    pub(super) async fn take(self: &Arc<Self>, of: &Budget, report: Report, cost: u64) -> Result<(), Overdrawn> {
        let (ledger, of) = (Arc::clone(self), of.clone());
        // In a task of its own, because the request may be given up right now, and what was told has to be noted.
        let told = tokio::spawn(async move {
            if ledger.spend(&of, report, Some(room(of.limit()))).await {
                return Ok(());
            }
            // What has been used before is told in any case.
            let before = Report { cost: report.cost.saturating_sub(cost), ..report };
            of.budgets().with(of.who(), |account| account.forget(cost));
            ledger.spend(&of, before, None).await;
            of.budgets()
                .with(of.who(), |account| of.fits(account, cost))
                .and(Err(Overdrawn::For(Duration::from_secs(1))))
        });
        told.await.unwrap_or(Ok(()))
    }

    /// Tells the database what has been used, and learns what others have.
    pub(super) async fn tell(self: &Arc<Self>, of: &Budget, report: Report) {
        let (ledger, of) = (Arc::clone(self), of.clone());
        // It never fails: what could not be told is told later.
        let _ = tokio::spawn(async move { ledger.spend(&of, report, None).await }).await;
    }

    /// Whether it was noted; also if the database does not answer, because then what is known here counts.
    async fn spend(&self, of: &Budget, report: Report, room: Option<i64>) -> bool {
        let told = self.told(vec![(of.clone(), report)], room).await;
        told.is_none_or(|told| told > 0)
    }

    /// How many were noted; `None` if the database does not answer.
    async fn told(&self, all: Vec<(Budget, Report)>, room: Option<i64>) -> Option<usize> {
        let clock = &all.first()?.0.budgets().clock;
        let begun = clock.now().timestamp_micros();
        let spent: Vec<Spent> = all.iter().map(|(of, report)| of.spent(*report)).collect();
        let answer = store::spend(&self.pool, &spent, room, clock.for_statement());
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(Ok(noted)) => {
                let noted: HashMap<Vec<u8>, i64> = noted.into_iter().collect();
                for ((of, report), spent) in all.iter().zip(&spent) {
                    if let Some(full_in) = noted.get(&spent.client) {
                        of.budgets().with(of.who(), |account| account.end_report(*report, begun + full_in));
                    }
                }
                Some(noted.len())
            }
            failed => {
                tracing::warn!(?failed, "budgets are not shared with other servers at the moment");
                self.silent_until.store(begun + micros(SILENT), Ordering::Relaxed);
                for (of, report) in &all {
                    of.budgets().with(of.who(), |account| account.put_back(*report));
                }
                None
            }
        }
    }

    /// Tells the database soon, together with what others use meanwhile.
    pub(super) fn tell_later(self: &Arc<Self>, of: &Budget) {
        let mut untold = self.untold.lock().unwrap_or_else(PoisonError::into_inner);
        let is_first = untold.is_empty();
        untold.entry(of.who()).or_insert_with(|| of.clone());
        if is_first {
            let ledger = Arc::clone(self);
            tokio::spawn(async move {
                tokio::time::sleep(TELL_AFTER).await;
                ledger.tell_all().await;
            });
        }
    }

    async fn tell_all(&self) {
        let untold = std::mem::take(&mut *self.untold.lock().unwrap_or_else(PoisonError::into_inner));
        let reports = untold.into_values().map(|of| {
            let report = of.budgets().with(of.who(), Account::begin_report);
            (of, report)
        });
        let reports: Vec<(Budget, Report)> = reports.filter(|(_, report)| report.cost > 0).collect();
        let Some(clock) = reports.first().map(|(of, _)| of.budgets().clock.clone()) else { return };
        self.told(reports, None).await;
        let now = clock.now().timestamp_micros();
        if (now - self.cleared_at.load(Ordering::Relaxed)).abs() > micros(WINDOW) {
            self.cleared_at.store(now, Ordering::Relaxed);
            if let Err(error) = store::forget_spent(&self.pool, clock.for_statement()).await {
                tracing::warn!(error = error.told(), "budgets that are full again are still kept");
            }
        }
    }
}

fn micros(time: Duration) -> i64 {
    i64::try_from(time.as_micros()).unwrap_or(i64::MAX)
}
