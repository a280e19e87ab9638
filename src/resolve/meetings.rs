//! Reports put together into meetings.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use uuid::Uuid;

use super::best::most;
use super::same_meeting::{Features, contradict, support};
use super::told::{apart, joined};
use crate::domain::{
    Count, CountQualifier, Meeting, MeetingKind, MeetingMode, MeetingReport, OrganizerRole, Relations, ReportRef,
    ReportedMeeting, Site, name_key, resolved_id,
};

/// The meetings that `reports` are of; of each day, all reports must be there. Undated reports join nothing.
///
/// Pairs are joined in the order of what speaks for them; two groups become one only if no report of the one
/// contradicts any of the other. The id is derived from the first report's (by slug and place in the document).
///
/// What is told comes before what reports say: reports that are told to be of one meeting are joined last, whatever
/// their days, and none are joined that are told apart.
pub fn meetings(reports: &[ReportedMeeting], told: &Relations<ReportRef>) -> Vec<Meeting> {
    let mut days: BTreeMap<_, Vec<&ReportedMeeting>> = BTreeMap::new();
    for report in reports {
        days.entry(report.report.date).or_default().push(report);
    }
    let groups = days.into_values().flat_map(|day| meetings_of_day(day, told));
    let mut groups: Vec<((), Vec<&ReportedMeeting>)> = groups.map(|group| ((), group)).collect();
    let order = |r: &&ReportedMeeting| (r.slug.clone(), r.ordinal, r.id);
    groups.sort_by_cached_key(|((), group)| group.first().map(order));
    let mut groups = joined(groups, told);
    for ((), group) in &mut groups {
        group.sort_by_cached_key(order);
    }
    groups.iter().filter_map(|((), group)| put_together(group)).collect()
}

fn meetings_of_day<'a>(
    mut reports: Vec<&'a ReportedMeeting>,
    told: &Relations<ReportRef>,
) -> Vec<Vec<&'a ReportedMeeting>> {
    reports.sort_by_key(|r| (&r.slug, r.ordinal, r.id));
    let features: Vec<Features<'_>> = reports.iter().map(|r| Features::of(r)).collect();
    let mut pairs = Vec::new();
    for (i, a) in features.iter().enumerate() {
        for (j, b) in features.iter().enumerate().skip(i + 1) {
            if let Some(score) = support(a, b) {
                pairs.push((Reverse(score), i, j));
            }
        }
    }
    pairs.sort_unstable();
    let mut groups: Vec<Vec<usize>> = (0..reports.len()).map(|i| vec![i]).collect();
    for (_, i, j) in pairs {
        let find = |groups: &[Vec<usize>], x| groups.iter().position(|group| group.contains(&x));
        let (Some(a), Some(b)) = (find(&groups, i), find(&groups, j)) else { continue };
        let at = |x: &usize| features.get(*x);
        let told_apart =
            |x: &usize, y: &usize| reports.get(*x).zip(reports.get(*y)).is_some_and(|(x, y)| apart(told, *x, *y));
        let clash = |x, y| told_apart(x, y) || at(x).zip(at(y)).is_some_and(|(x, y)| contradict(x, y));
        let (Some(xs), Some(ys)) = (groups.get(a), groups.get(b)) else { continue };
        if a == b || xs.iter().any(|x| ys.iter().any(|y| clash(x, y))) {
            continue;
        }
        let moved = groups.swap_remove(a.max(b));
        if let Some(group) = groups.get_mut(a.min(b)) {
            group.extend(moved);
            group.sort_unstable();
        }
    }
    groups.sort_unstable();
    let group = |indices: &Vec<usize>| indices.iter().filter_map(|i| reports.get(*i).copied()).collect::<Vec<_>>();
    groups.iter().map(group).collect()
}

/// One meeting from its reports, which are in order.
fn put_together(reports: &[&ReportedMeeting]) -> Option<Meeting> {
    let first = reports.first()?;
    Some(Meeting {
        id: resolved_id(&["meeting", &first.id.to_string()]),
        summary: summary(reports, first.report.kind),
        organizers: organizers(reports),
        sites: sites(reports),
        reports: reports.iter().map(|r| r.id).collect(),
    })
}

/// The value most reports have; ties go to the greatest `rank`, then to the first report.
fn best<T: Ord + Clone, R: Ord>(
    reports: &[&ReportedMeeting],
    value: impl Fn(&MeetingReport) -> Option<T>,
    rank: impl Fn(&T) -> R,
) -> Option<T> {
    let values = reports.iter().enumerate().filter_map(|(at, r)| value(&r.report).map(|v| (v, Reverse(at))));
    most(values.map(|(v, at)| {
        let rank = rank(&v);
        (v, (rank, at))
    }))
}

/// As [`best`], for text: spellings with one key support each other, and the longest is shown.
fn best_text(reports: &[&ReportedMeeting], value: impl Fn(&MeetingReport) -> Option<&str>) -> Option<String> {
    let length = |key: &String| key.chars().count();
    let key = best(reports, |r| value(r).map(name_key), length)?;
    let spelled = reports.iter().enumerate().filter_map(|(at, r)| Some((value(&r.report)?, Reverse(at))));
    most(spelled.filter(|(text, _)| name_key(text) == key)).map(str::to_owned)
}

fn summary(reports: &[&ReportedMeeting], fallback: MeetingKind) -> MeetingReport {
    // An exact number says more than one that is rounded, of rounded ones the larger.
    let exactness = |count: &(i64, CountQualifier)| (count.1 == CountQualifier::Exact, count.0);
    let count = |value: fn(&MeetingReport) -> Option<Count>| {
        best(reports, |r| value(r).map(|c| (c.value, c.qualifier)), exactness)
            .map(|(value, qualifier)| Count { value, qualifier })
    };
    MeetingReport {
        title: best_text(reports, |r| Some(&r.title)).unwrap_or_default(),
        kind: best(reports, |r| Some(r.kind), |k| *k != MeetingKind::Other).unwrap_or(fallback),
        date: best(reports, |r| r.date, |_| ()),
        part_of_day: best(reports, |r| r.part_of_day, |_| ()),
        mode: best(reports, |r| r.mode, |m| *m == MeetingMode::Hybrid),
        level: best(reports, |r| r.level, |_| ()),
        venue: best_text(reports, |r| r.venue.as_deref()),
        province: best(reports, |r| r.province, |_| ()),
        review_year: best(reports, |r| r.review_year, |_| ()),
        plan_year: best(reports, |r| r.plan_year, |_| ()),
        site_count: count(|r| r.site_count),
        attendee_count: count(|r| r.attendee_count),
        organizers: Vec::new(),
        co_organizers: Vec::new(),
        participants: Vec::new(),
        evidence: Vec::new(),
    }
}

/// Every body that any report names, in the part most of them give it (on a tie, it holds the meeting); those that most
/// reports name first, then as first named.
fn organizers(reports: &[&ReportedMeeting]) -> Vec<(OrganizerRole, Uuid)> {
    let mut named: BTreeMap<Uuid, (usize, usize, Vec<OrganizerRole>)> = BTreeMap::new();
    for (at, (role, body)) in reports.iter().flat_map(|r| &r.organizers).enumerate() {
        let entry = named.entry(body.id).or_insert((0, at, Vec::new()));
        entry.0 += 1;
        entry.2.push(*role);
    }
    let mut all: Vec<_> = named.into_iter().collect();
    all.sort_by_key(|(id, (support, at, _))| (Reverse(*support), *at, *id));
    let role = |roles: Vec<OrganizerRole>| most(roles.into_iter().map(|r| (r, Reverse(r))));
    all.into_iter().filter_map(|(id, (_, _, roles))| Some((role(roles)?, id))).collect()
}

/// The connected sites that participants are reported from, each place once.
fn sites(reports: &[&ReportedMeeting]) -> Vec<Site> {
    let mut places: BTreeMap<String, Vec<&Site>> = BTreeMap::new();
    for site in reports.iter().flat_map(|r| &r.participants).filter_map(|p| p.report.site.as_ref()) {
        places.entry(place_key(&site.name)).or_default().push(site);
    }
    let mut sites: Vec<Site> = places.into_values().filter_map(|spelled| best_site(&spelled)).collect();
    sites.sort();
    sites
}

/// A place's key: `tỉnh Cà Mau` and `Cà Mau` are one.
pub fn place_key(name: &str) -> String {
    let key = name_key(name);
    for unit in ["tỉnh", "thành phố"] {
        if let Some(rest) = key.strip_prefix(&(name_key(unit) + " ")) {
            return rest.to_owned();
        }
    }
    key
}

/// Of spellings of one place the one that tells its province, then the most frequent, then the longest.
pub fn best_site(spelled: &[&Site]) -> Option<Site> {
    let rank = |site: &Site| (site.province.is_some(), site.name.chars().count());
    let known = spelled.iter().any(|site| site.province.is_some());
    let eligible = spelled.iter().filter(|site| site.province.is_some() == known);
    most(eligible.map(|site| ((*site).clone(), rank(site))))
}
