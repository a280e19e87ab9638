//! Who took part in a meeting, from all reports of it.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use uuid::Uuid;

use super::meetings::{best_site, place_key};
use super::people::most_frequent;
use crate::domain::{
    Meeting, Participant, ParticipantKind, ParticipantRole, Position, ReportedMeeting, ReportedParticipant, Site,
    name_key, resolved_id, written_out_key,
};

/// The participants of `meeting`, whose reports are among `reports`: one a person, and one a delegation's wording and
/// site. People come before delegations, whoever chairs first (the meeting before a
/// site), then as reported.
pub fn participants(meeting: &Meeting, reports: &[impl Borrow<ReportedMeeting>]) -> Vec<Participant> {
    let all = reports.iter().map(Borrow::borrow);
    let mut own: Vec<&ReportedMeeting> = all.filter(|r| meeting.reports.contains(&r.id)).collect();
    own.sort_by_key(|r| (&r.slug, r.ordinal, r.id));
    let mut groups: BTreeMap<Vec<String>, (usize, Vec<&ReportedParticipant>)> = BTreeMap::new();
    for (at, reported) in own.iter().flat_map(|r| &r.participants).enumerate() {
        groups.entry(identity(reported)).or_insert_with(|| (at, Vec::new())).1.push(reported);
    }
    let mut all: Vec<(usize, Participant)> = groups
        .iter()
        .filter_map(|(key, (at, reported))| Some((*at, put_together(meeting.id, key, reported)?)))
        .collect();
    let chairs = |roles: &[ParticipantRole]| {
        roles.iter().any(|role| matches!(role, ParticipantRole::Chair | ParticipantRole::CoChair))
    };
    all.sort_by_key(|(at, p)| (p.kind, !chairs(&p.roles), chairs(&p.roles) && p.site.is_some(), *at, p.id));
    all.into_iter().map(|(_, participant)| participant).collect()
}

/// What makes a participant the same one in several reports of a meeting.
fn identity(reported: &ReportedParticipant) -> Vec<String> {
    if let (ParticipantKind::Person, Some(person)) = (reported.report.kind, reported.person) {
        return vec!["person".to_owned(), person.to_string()];
    }
    let site = reported.report.site.as_ref().map_or_else(String::new, |site| place_key(&site.name));
    vec!["group".to_owned(), reported.key.clone(), site]
}

fn put_together(meeting: Uuid, key: &[String], reported: &[&ReportedParticipant]) -> Option<Participant> {
    let first = reported.first()?;
    let meeting_id = meeting.to_string();
    let parts: Vec<&str> = ["participant", &meeting_id].into_iter().chain(key.iter().map(String::as_str)).collect();
    Some(Participant {
        id: resolved_id(&parts),
        meeting,
        kind: first.report.kind,
        name: most_frequent(reported.iter().map(|r| r.report.name.as_str())).to_owned(),
        person: first.person,
        roles: roles(reported),
        positions: positions(reported),
        site: site(reported),
        reports: reported.iter().map(|r| r.id).collect(),
    })
}

/// All roles, in the enum's order; having attended only where nothing else is reported.
fn roles(reported: &[&ReportedParticipant]) -> Vec<ParticipantRole> {
    let has = |role: &ParticipantRole| reported.iter().any(|r| r.report.roles.contains(role));
    let active: Vec<_> =
        ParticipantRole::ALL.iter().copied().filter(|r| *r != ParticipantRole::Attendee).filter(has).collect();
    if active.is_empty() { vec![ParticipantRole::Attendee] } else { active }
}

/// The titles of all reports, the fullest report's first; none twice, and none that only shortens another.
fn positions(reported: &[&ReportedParticipant]) -> Vec<(String, Option<Uuid>)> {
    let mut fullest: Vec<&&ReportedParticipant> = reported.iter().collect();
    let length = |p: &Position| p.title.chars().count();
    fullest.sort_by_key(|r| Reverse((r.report.positions.len(), r.report.positions.iter().map(length).sum::<usize>())));
    let mut all: Vec<(String, &str, Option<Uuid>)> = Vec::new();
    for report in fullest {
        let bodies = report.organizations.iter().copied().chain(std::iter::repeat(None));
        for (position, body) in report.report.positions.iter().zip(bodies) {
            let key = written_out_key(&position.title);
            match all.iter_mut().find(|(known, ..)| *known == key) {
                Some(known) => known.2 = known.2.or(body),
                None => all.push((key, &position.title, body)),
            }
        }
    }
    let is_shortened = |key: &str| all.iter().any(|(longer, ..)| shortens(key, longer));
    all.iter().filter(|(key, ..)| !is_shortened(key)).map(|(_, title, body)| ((*title).to_owned(), *body)).collect()
}

/// Whether `short` leaves out the end of `long` (Phó Thủ tướng, of Phó Thủ tướng Thường trực), or its beginning, unless
/// that beginning makes it another office (Thủ tướng, of Phó Thủ tướng).
fn shortens(short: &str, long: &str) -> bool {
    if short.is_empty() || short.len() >= long.len() {
        return false;
    }
    if long.strip_prefix(short).is_some_and(|rest| rest.starts_with(' ')) {
        return true;
    }
    let left_out = long.strip_suffix(short).filter(|head| head.ends_with(' '));
    let first = left_out.and_then(|head| head.split(' ').next());
    first.is_some_and(|first| ["phó", "nguyên", "quyền", "trợ", "cựu"].iter().all(|word| name_key(word) != first))
}

/// The site most reports agree on, the main one counting as one; on a tie a named one.
fn site(reported: &[&ReportedParticipant]) -> Option<Site> {
    let place = |r: &ReportedParticipant| r.report.site.as_ref().map(|site| place_key(&site.name));
    let key = super::best::most(reported.iter().enumerate().map(|(at, r)| {
        let place = place(r);
        let rank = (place.is_some(), Reverse(at));
        (place, rank)
    }))??;
    let spelled: Vec<&Site> =
        reported.iter().filter(|r| place(r).as_ref() == Some(&key)).filter_map(|r| r.report.site.as_ref()).collect();
    best_site(&spelled)
}
