//! Puts together anew what a document touches: the days of its meetings, the names of its people, its bodies.
//!
//! Both of what it says now and of what it said before, so that what it no longer supports goes.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::domain::{Mention, ParticipantKind, ReportedDocument, ReportedMeeting, name_key};
use crate::resolve;
use crate::store::{self, Error, References, Resolved, Touched};

/// Brings the second layer up to date after a document's facts have been written or removed: `before` is what it
/// touched until then, `now` what it states.
pub async fn after(
    transaction: &mut Transaction<'_, Postgres>,
    before: Option<&Touched>,
    now: Option<&ReportedDocument>,
) -> Result<(), Error> {
    let mut touched = union(before, now);
    let mentions = store::mentions(transaction, &touched.keys).await?;
    let people = resolve::people(&mentions);
    let person_of: HashMap<Uuid, Uuid> = people.iter().flat_map(|p| p.reports.iter().map(|r| (*r, p.id))).collect();

    let (dates, undated) = blocks(&touched.dates, now, &mentions, &person_of);
    let (mut reports, meetings_so_far) = store::reports(transaction, &dates, &undated).await?;
    for participant in reports.iter_mut().flat_map(|report| &mut report.participants) {
        if let Some(person) = person_of.get(&participant.id) {
            participant.person = Some(*person);
        }
    }
    let meetings = resolve::meetings(&reports);
    let participants: Vec<_> = meetings.iter().flat_map(|m| resolve::participants(m, &reports)).collect();
    let meeting_of: HashMap<Uuid, Uuid> = meetings.iter().flat_map(|m| m.reports.iter().map(|r| (*r, m.id))).collect();
    let report_ids: Vec<Uuid> = reports.iter().map(|report| report.id).collect();
    let award_reports = store::award_reports(transaction, &report_ids, now.map(|now| now.id)).await?;
    let awards = resolve::awards(&award_reports, |report| meeting_of.get(&report).copied());

    let setters = mentions.iter().filter(|m| !m.participant).filter_map(|m| Some((m, *person_of.get(&m.id)?)));
    let task_setters = setters.filter(|(m, person)| m.person != Some(*person)).map(|(m, person)| (m.id, person));
    let references = References {
        task_setters: task_setters.collect(),
        participants: participants.iter().flat_map(|p| p.reports.iter().map(|r| (*r, p.id))).collect(),
        awards: awards.iter().flat_map(|a| a.reports.iter().map(|r| (*r, a.id))).collect(),
        meetings: meeting_of.into_iter().collect(),
    };
    touched.meetings.extend(meetings_so_far);
    let resolved = Resolved { people, meetings, participants, awards };
    store::write_resolved(transaction, &resolved).await?;
    store::write_references(transaction, &references).await?;
    store::sweep(transaction, &touched).await?;
    spell(transaction, before, now).await
}

/// What the document touches, before or now.
fn union(before: Option<&Touched>, now: Option<&ReportedDocument>) -> Touched {
    let mut touched = before.cloned().unwrap_or_default();
    if let Some(now) = now {
        let people = now.meetings.iter().flat_map(|m| &m.participants);
        let people = people.filter(|p| p.report.kind == ParticipantKind::Person).map(|p| p.key.clone());
        let setters = now.tasks.iter().filter_map(|t| t.task.fact.assigned_by.as_deref()).map(name_key);
        touched.keys.extend(people.chain(setters));
        touched.dates.extend(now.meetings.iter().filter_map(|m| m.report.date));
    }
    touched.keys.sort_unstable();
    touched.keys.dedup();
    touched.dates.sort_unstable();
    touched.dates.dedup();
    touched
}

/// The days and the undated reports to put together: the document's own, and those of people who turn out to be
/// somebody else now.
fn blocks(
    dates: &[NaiveDate],
    now: Option<&ReportedDocument>,
    mentions: &[Mention],
    person_of: &HashMap<Uuid, Uuid>,
) -> (Vec<NaiveDate>, Vec<Uuid>) {
    let mut dates: BTreeSet<NaiveDate> = dates.iter().copied().collect();
    let undated = |m: &&ReportedMeeting| m.report.date.is_none();
    let mut reports: BTreeSet<Uuid> =
        now.into_iter().flat_map(|now| &now.meetings).filter(undated).map(|m| m.id).collect();
    for mention in mentions.iter().filter(|m| m.participant && m.person != person_of.get(&m.id).copied()) {
        match mention.date {
            Some(date) => _ = dates.insert(date),
            None => reports.extend(mention.meeting_report),
        }
    }
    (dates.into_iter().collect(), reports.into_iter().collect())
}

/// Spells bodies anew whose spellings may have become more or fewer. One that the document spells as it is shown
/// already stays as it is, and that is almost every one.
async fn spell(
    transaction: &mut Transaction<'_, Postgres>,
    before: Option<&Touched>,
    now: Option<&ReportedDocument>,
) -> Result<(), Error> {
    let mut ids: Vec<Uuid> = before.map(|before| before.organizations.clone()).unwrap_or_default();
    if let Some(now) = now {
        let all: Vec<Uuid> = now.organizations.iter().map(|o| o.id).collect();
        let shown = store::organization_names(transaction, &all).await?;
        ids.extend(
            spellings(now).filter(|(id, name)| shown.get(id).is_none_or(|shown| shown != name)).map(|(id, _)| id),
        );
    }
    ids.sort_unstable();
    ids.dedup();
    let spelled = store::spellings(transaction, &ids).await?;
    let best = |(id, all): (Uuid, Vec<(String, i64)>)| Some((id, resolve::best_spelling(&all)?.to_owned()));
    let names: Vec<(Uuid, String)> = spelled.into_iter().filter_map(best).collect();
    store::name_organizations(transaction, &names).await
}

/// Every body the document names, as often as it does, as spelled there.
fn spellings(now: &ReportedDocument) -> impl Iterator<Item = (Uuid, &str)> {
    let organizers = now.meetings.iter().flat_map(|m| &m.organizers).map(|(_, body)| (body.id, body.name.as_str()));
    let positions = now.meetings.iter().flat_map(|m| &m.participants).flat_map(|p| {
        let named = p.organizations.iter().zip(&p.report.positions);
        named.filter_map(|(id, position)| Some(((*id)?, position.organization.as_deref()?)))
    });
    let grantors = now.awards.iter().filter_map(|a| Some((a.granted_by?, a.report.granted_by.as_deref()?)));
    let issuers = now.directives.iter().filter_map(|(d, id)| Some(((*id)?, d.fact.issued_by.as_deref()?)));
    organizers.chain(positions).chain(grantors).chain(issuers)
}
