//! Which of a day's reports further ones can make a difference to, so that the others need not be read.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::same_meeting::{Features, may_be_one};
use crate::domain::ReportedMeeting;

/// Those of the reports `there` (ids) that one of `new` may be put together with, or that may be put together with one of
/// those, and so on. Of the reports there, neither who held the meeting nor who took part has to be known.
///
/// All others are put together just as before: reports are joined pair by pair, and no pair leads from these to those.
pub fn related(new: &[&ReportedMeeting], there: &[ReportedMeeting]) -> Vec<Uuid> {
    let mut days: BTreeMap<_, (Vec<Features<'_>>, Vec<Features<'_>>)> = BTreeMap::new();
    for report in new {
        days.entry(report.report.date).or_default().0.push(Features::of(report));
    }
    for report in there {
        if let Some((_, others)) = days.get_mut(&report.report.date) {
            others.push(Features::of(report));
        }
    }
    let mut reached = Vec::new();
    for (mut ahead, mut others) in days.into_values() {
        while let Some(from) = ahead.pop() {
            let (near, far) = others.into_iter().partition(|other| may_be_one(&from, other));
            others = far;
            ahead.extend(near);
            reached.push(from.id());
        }
    }
    let new: Vec<Uuid> = new.iter().map(|report| report.id).collect();
    reached.retain(|id| !new.contains(id));
    reached
}
