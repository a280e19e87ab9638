//! What a client has used, as one server knows it. Pure reckoning; times are microseconds since 1970.
//!
//! A budget that grows steadily up to its limit is one moment: when all of it will be there again. Whatever is used puts
//! that off, by the time that so much takes to grow.

use super::WINDOW;

/// Of a limit, this part may be used by a server before it tells the database.
const SLICE: u64 = 10;
/// For so long a server goes by what the database told it of a client.
const FRESH: i64 = 1_000_000;
const WINDOW_MICROS: u64 = WINDOW.as_secs() * 1_000_000;

/// A client's, as it stands on one server.
#[derive(Clone, Copy, Debug)]
pub(super) struct Account {
    /// When all will be there again, as far as the database has told.
    full_at: i64,
    /// Used here since, in cost, and not told to the database yet.
    unreported: u64,
    /// Used here, and being told right now.
    underway: u64,
    /// When the first of these was used.
    since: i64,
    /// The last time that this was reckoned with.
    at: i64,
    /// When the database was last asked.
    asked_at: Option<i64>,
}

/// What the database is to be told: cost, and how long ago the first of it was used.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    pub(super) cost: u64,
    pub(super) age: i64,
}

impl Account {
    /// Of somebody who has used nothing.
    pub(super) fn new(now: i64) -> Self {
        Self { full_at: now, unreported: 0, underway: 0, since: now, at: now, asked_at: None }
    }

    /// Puts it to another time. A clock that was set back gives nothing and takes nothing.
    pub(super) fn settle(&mut self, now: i64) {
        let back = (self.at - now).max(0);
        (self.full_at, self.since, self.at) = (self.full_at - back, self.since - back, now);
    }

    /// How long it takes, in microseconds, until all is there again.
    pub(super) fn used(&self, limit: u32) -> i64 {
        let own = self.unreported + self.underway;
        let from = if own > 0 { self.full_at.max(self.since) } else { self.full_at };
        (from + micros(own, limit) - self.at).max(0)
    }

    /// Uses this much.
    pub(super) fn use_up(&mut self, cost: u64, limit: u32) {
        // What has grown again need not be told any more.
        if self.unreported + self.underway == 0 || self.used(limit) == 0 {
            (self.unreported, self.since) = (0, self.at);
        }
        self.unreported += cost;
    }

    /// Whether so much more may be used before the database is told.
    pub(super) fn may_wait(&self, cost: u64, limit: u32) -> bool {
        self.is_fresh() && (self.unreported + self.underway + cost) * SLICE <= u64::from(limit)
    }

    /// Whether the database was asked a moment ago.
    pub(super) fn is_fresh(&self) -> bool {
        self.asked_at.is_some_and(|asked_at| (0..FRESH).contains(&(self.at - asked_at)))
    }

    /// Begins to tell the database whatever it has not been told.
    pub(super) fn begin_report(&mut self) -> Report {
        let cost = std::mem::take(&mut self.unreported);
        self.underway += cost;
        self.asked_at = Some(self.at);
        Report { cost, age: if cost > 0 { self.at - self.since } else { 0 } }
    }

    /// The database has been told so much, or of it only so much: it now says when all will be there again. It never
    /// says an earlier time than before, so answers may come in any order.
    pub(super) fn end_report(&mut self, report: Report, full_at: i64) {
        self.underway = self.underway.saturating_sub(report.cost);
        self.full_at = self.full_at.max(full_at);
    }

    /// So much of what is being told is not used after all.
    pub(super) fn forget(&mut self, cost: u64) {
        self.underway = self.underway.saturating_sub(cost);
    }

    /// The database could not be told.
    pub(super) fn put_back(&mut self, report: Report) {
        self.underway = self.underway.saturating_sub(report.cost);
        self.unreported += report.cost;
    }
}

/// The time that so much takes to grow.
pub(super) fn micros(cost: u64, limit: u32) -> i64 {
    let limit = u64::from(limit).max(1);
    i64::try_from((cost.saturating_mul(WINDOW_MICROS) + limit / 2) / limit).unwrap_or(i64::MAX / 4)
}

/// How much is left when this is used, in whole numbers, because that is what clients are told.
pub(super) fn remaining(used: i64, limit: u32) -> u32 {
    let left = u64::try_from(room(limit) - used).unwrap_or_default();
    let left = u128::from(left) * u128::from(limit) / u128::from(WINDOW_MICROS);
    u32::try_from(left).unwrap_or(u32::MAX).min(limit)
}

/// What may be used at most: all, and what rounding may have added, a hundredth of the smallest cost.
pub(super) fn room(limit: u32) -> i64 {
    WINDOW_MICROS.cast_signed() + slack(limit)
}

/// In whole seconds, rounded up.
pub(super) fn seconds(time: i64, limit: u32) -> u64 {
    u64::try_from(time - slack(limit)).unwrap_or_default().div_ceil(1_000_000)
}

fn slack(limit: u32) -> i64 {
    micros(1, limit) / 100 + 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const S: i64 = 1_000_000;

    #[test]
    fn what_is_not_told_counts_here_and_only_a_slice_of_it_may_wait() {
        let mut account = Account::new(1_000 * S);
        assert!(!account.may_wait(1, 60), "the database has not been asked yet");
        let asked = account.begin_report();
        account.end_report(asked, 1_030 * S);
        assert_eq!(remaining(account.used(60), 60), 30, "others have used thirty");
        assert!(account.may_wait(6, 60) && !account.may_wait(7, 60));
        account.use_up(4, 60);
        assert!(account.may_wait(2, 60) && !account.may_wait(3, 60));
        assert_eq!(remaining(account.used(60), 60), 26);

        account.settle(1_001 * S);
        assert!(!account.may_wait(1, 60), "that was a while ago");
        let report = account.begin_report();
        assert_eq!((report.cost, report.age), (4, S));
        account.use_up(1, 60);
        assert_eq!(remaining(account.used(60), 60), 26, "one more, one second later");
        account.put_back(report);
        assert_eq!(remaining(account.used(60), 60), 26);
        let report = account.begin_report();
        account.end_report(report, 1_040 * S);
        assert_eq!(remaining(account.used(60), 60), 21);
        account.end_report(Report { cost: 0, age: 0 }, 1_035 * S);
        assert_eq!(remaining(account.used(60), 60), 21, "an answer that comes late changes nothing");
    }

    #[test]
    fn whole_numbers_come_out_whole_whatever_the_limit() {
        for limit in [1, 7, 60, 999, 1_000_000, 700_001, u32::MAX] {
            let mut account = Account::new(0);
            for used in 1..=limit.min(50) {
                account.use_up(1, limit);
                let report = account.begin_report();
                account.end_report(report, account.used(limit));
                let told = remaining(account.used(limit), limit);
                // What takes less than a microsecond to grow is not told apart one by one.
                let off = if limit > 1_000_000 { 50 } else { u32::from(limit == 700_001) };
                assert!(told.abs_diff(limit - used) <= off, "{limit} {used}: {told}");
            }
        }
    }
}
