//! How long a copy has been behind: when the changes were heard of that it has not got.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Changes that follow each other faster than this count as one.
const GRAIN: Duration = Duration::from_millis(10);
/// Changes that are kept apart at most: of more, the last ones count as one.
const KEPT: usize = 1_000;

/// The changes that a copy has not got, as far as they were heard of, and when. The oldest first.
#[derive(Default)]
pub(super) struct Heard(Mutex<VecDeque<(i64, Instant)>>);

impl Heard {
    /// The database's last change is this one.
    pub(super) fn note(&self, number: i64, at: Instant) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = heard.len();
        match heard.back_mut() {
            Some((last, _)) if number == *last => {}
            // The database was restored from an older copy.
            Some((last, _)) if number < *last => {
                heard.clear();
                heard.push_back((number, at));
            }
            // With the earlier one's time: rather too far behind than not far enough.
            Some((last, since)) if kept >= KEPT || at.duration_since(*since) < GRAIN => *last = number,
            _ => heard.push_back((number, at)),
        }
    }

    /// Since when there is a change that a copy has not got whose last one is `number`.
    pub(super) fn behind_since(&self, number: i64) -> Option<Instant> {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while heard.front().is_some_and(|(known, _)| *known <= number) {
            heard.pop_front();
        }
        heard.front().map(|(_, since)| *since)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_behind_since_the_first_change_was_heard_of_that_it_has_not_got() {
        let (heard, begun) = (Heard::default(), Instant::now());
        let at = |millis| begun + Duration::from_millis(millis);
        for (number, millis) in [(5, 0), (7, 100), (8, 105), (8, 150), (9, 200)] {
            heard.note(number, at(millis));
        }
        for (number, since) in [(4, Some(0)), (5, Some(100)), (7, Some(100)), (8, Some(200)), (9, None), (10, None)] {
            assert_eq!(heard.behind_since(number), since.map(at), "{number}");
        }
        heard.note(12, at(300));
        heard.note(3, at(400));
        assert_eq!(heard.behind_since(2), Some(at(400)), "restored");
        for number in 4..10_000 {
            heard.note(number, at(1_000 * u64::try_from(number).unwrap_or_default()));
        }
        assert!(heard.0.lock().is_ok_and(|heard| heard.len() <= KEPT));
    }
}
