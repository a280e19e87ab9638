//! Which reports of awards are of one award.
//!
//! Within one meeting: the same name, and nothing that contradicts (grantor, counts, year). One document reports each
//! award once, so two of its reports are two awards.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::best::most;
use crate::domain::{Award, AwardReport, ReportedAward, name_key, resolved_id, written_out_key};

/// The awards that `reports` are of. `meeting` tells the meeting of a meeting report (fact id); of each meeting, all
/// award reports must be there. Outside of meetings every report is an award.
///
/// The id is derived from the first report's (by slug and place in the document).
pub fn awards(reports: &[ReportedAward], meeting: impl Fn(Uuid) -> Option<Uuid>) -> Vec<Award> {
    let mut meetings: BTreeMap<(Option<Uuid>, String), Vec<&ReportedAward>> = BTreeMap::new();
    for report in reports {
        let held_at = report.meeting_report.and_then(&meeting);
        meetings.entry((held_at, written_out_key(&report.report.name))).or_default().push(report);
    }
    let of = |((held_at, _), mut reports): ((Option<Uuid>, String), Vec<&ReportedAward>)| {
        reports.sort_by_key(|r| (r.slug.clone(), r.ordinal, r.id));
        let groups = match held_at {
            Some(_) => join(&reports),
            None => reports.into_iter().map(|r| vec![r]).collect(),
        };
        groups.into_iter().filter_map(move |group| put_together(held_at, &group)).collect::<Vec<_>>()
    };
    meetings.into_iter().flat_map(of).collect()
}

/// What speaks for two reports being of one award; `None` if something contradicts.
fn agreement(a: &ReportedAward, b: &ReportedAward) -> Option<u32> {
    fn compare<T: PartialEq>(a: Option<T>, b: Option<T>) -> Option<u32> {
        match (a, b) {
            (Some(a), Some(b)) => (a == b).then_some(1),
            _ => Some(0),
        }
    }
    let (x, y) = (&a.report, &b.report);
    if a.slug == b.slug {
        return None;
    }
    Some(
        compare(a.granted_by, b.granted_by)?
            + compare(x.collective_count, y.collective_count)?
            + compare(x.individual_count, y.individual_count)?
            + compare(x.work_count, y.work_count)?
            + compare(x.year, y.year)?,
    )
}

/// Groups of reports of one award. The ones that agree in something are joined first, most agreement first; what is
/// left joins where there is only one group that it does not contradict.
fn join<'a>(reports: &[&'a ReportedAward]) -> Vec<Vec<&'a ReportedAward>> {
    let fits =
        |a: &[&ReportedAward], b: &[&ReportedAward]| a.iter().all(|x| b.iter().all(|y| agreement(x, y).is_some()));
    let mut pairs = Vec::new();
    for (i, a) in reports.iter().enumerate() {
        for b in reports.iter().skip(i + 1) {
            if let Some(score @ 1..) = agreement(a, b) {
                pairs.push((Reverse(score), pairs.len(), a.id, b.id));
            }
        }
    }
    pairs.sort_unstable();
    let mut groups: Vec<Vec<&ReportedAward>> = reports.iter().map(|r| vec![*r]).collect();
    let merge = |groups: &mut Vec<Vec<&'a ReportedAward>>, a: usize, b: usize| {
        let moved = groups.remove(a.max(b));
        if let Some(group) = groups.get_mut(a.min(b)) {
            group.extend(moved);
        }
    };
    for (_, _, a, b) in pairs {
        let find = |id| groups.iter().position(|group| group.iter().any(|r| r.id == id));
        if let (Some(a), Some(b)) = (find(a), find(b))
            && a != b
            && groups.get(a).zip(groups.get(b)).is_some_and(|(x, y)| fits(x, y))
        {
            merge(&mut groups, a, b);
        }
    }
    // A bare mention (bằng khen were given) belongs to the only award it can mean.
    let mut at = 0;
    while let Some(group) = groups.get(at) {
        let candidates: Vec<usize> =
            groups.iter().enumerate().filter(|(i, other)| *i != at && fits(group, other)).map(|(i, _)| i).collect();
        match candidates.as_slice() {
            [only] if group.len() == 1 => {
                merge(&mut groups, at, *only);
                at = 0;
            }
            _ => at += 1,
        }
    }
    for group in &mut groups {
        group.sort_by_key(|r| (r.slug.clone(), r.ordinal, r.id));
    }
    groups.sort_by_key(|group| group.first().map(|r| (r.slug.clone(), r.ordinal, r.id)));
    groups
}

fn put_together(meeting: Option<Uuid>, reports: &[&ReportedAward]) -> Option<Award> {
    let first = reports.first()?;
    let granted_by = reports.iter().enumerate().filter_map(|(at, r)| Some((r.granted_by?, Reverse(at))));
    let mut fullest: Vec<_> = reports.iter().collect();
    fullest.sort_by_key(|r| Reverse(r.report.recipients.len()));
    let mut seen = BTreeSet::new();
    let recipients = fullest.iter().flat_map(|r| &r.report.recipients);
    Some(Award {
        id: resolved_id(&["award", &first.id.to_string()]),
        meeting,
        name: best(reports, |r| Some(r.name.clone())).unwrap_or_default(),
        granted_by: most(granted_by),
        collective_count: best(reports, |r| r.collective_count),
        individual_count: best(reports, |r| r.individual_count),
        work_count: best(reports, |r| r.work_count),
        year: best(reports, |r| r.year),
        recipients: recipients.filter(|name| seen.insert(name_key(name))).cloned().collect(),
        reports: reports.iter().map(|r| r.id).collect(),
    })
}

/// The value most of `reports`, which are in order, agree on; on a tie the first.
fn best<T: Ord + Clone>(reports: &[&ReportedAward], value: impl Fn(&AwardReport) -> Option<T>) -> Option<T> {
    most(reports.iter().enumerate().filter_map(|(at, r)| Some((value(&r.report)?, Reverse(at)))))
}
