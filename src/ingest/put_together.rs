//! Puts together anew what a document touches: the days of its meetings, the names of its people, its bodies.
//!
//! Both of what it says now and of what it said before, so that what it no longer supports goes.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::bodies;
use crate::domain::{Corrections, Mention, ParticipantKind, ReportedDocument, ReportedMeeting, document_id, name_key};
use crate::resolve;
use crate::store::{self, Error, References, ReportPlace, Resolved, Touched};

/// Brings the second layer up to date after the facts of the document `slug` have been written or removed: `before` is
/// what it touched until then, `now` what it states.
pub async fn after(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    slug: &str,
    before: Option<&Touched>,
    now: Option<&ReportedDocument>,
) -> Result<(), Error> {
    let undated = |m: &&ReportedMeeting| m.report.date.is_none();
    let undated = now.into_iter().flat_map(|now| &now.meetings).filter(undated).map(|m| m.id).collect();
    let documents = now.iter().map(|now| now.id).collect();
    let work = Work { touched: union(before, now), undated, slugs: vec![slug.to_owned()], documents };
    put_together(transaction, told, work).await?;
    let mut ids: Vec<Uuid> = before.map(|before| before.organizations.clone()).unwrap_or_default();
    if let Some(now) = now {
        // One that the document spells as it is shown already stays as it is, and that is almost every one.
        let all: Vec<Uuid> = now.organizations.iter().map(|o| o.id).collect();
        let shown = store::organization_names(transaction, &all).await?;
        ids.extend(
            spellings(now).filter(|(id, name)| shown.get(id).is_none_or(|shown| shown != name)).map(|(id, _)| id),
        );
    }
    spell(transaction, ids).await
}

/// Brings the second layer up to date after `told` has come in the place of the corrections `before`.
pub async fn corrected(
    transaction: &mut Transaction<'_, Postgres>,
    before: &Corrections,
    told: &Corrections,
) -> Result<(), Error> {
    let named = told.meetings.changed(&before.meetings).into_iter().map(|report| report.document.clone());
    let mut slugs: Vec<String> = named.collect();
    let moved = bodies::identify_again(transaction, before, told).await?;
    slugs.extend(moved.slugs.iter().cloned());
    let places = store::report_places(transaction, &slugs).await?;
    let touched = Touched {
        keys: told.people.changed(&before.people).into_iter().map(|name| name.key.clone()).collect(),
        dates: places.iter().filter_map(|place| place.date).collect(),
        organizations: moved.organizations.clone(),
        ..Touched::default()
    };
    let undated = places.iter().filter(|place| place.date.is_none()).map(|place| place.id).collect();
    let documents = moved.slugs.iter().map(|slug| document_id(slug)).collect();
    put_together(transaction, told, Work { touched, undated, slugs, documents }).await?;
    spell(transaction, moved.organizations).await
}

/// What to put together anew.
struct Work {
    /// Names and days; what may be left without support.
    touched: Touched,
    /// Reports without a day.
    undated: BTreeSet<Uuid>,
    /// Documents that corrections may speak of.
    slugs: Vec<String>,
    /// The documents whose awards outside of meetings are to be put together.
    documents: Vec<Uuid>,
}

async fn put_together(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    work: Work,
) -> Result<(), Error> {
    let Work { mut touched, undated, slugs, documents } = work;
    told.link_names(&mut touched.keys);
    let mentions = store::mentions(transaction, &touched.keys).await?;
    let people = resolve::people(&mentions, &told.people);
    let person_of: HashMap<Uuid, Uuid> = people.iter().flat_map(|p| p.reports.iter().map(|r| (*r, p.id))).collect();

    let (mut dates, mut undated) = blocks(&touched.dates, undated, &mentions, &person_of);
    link(transaction, told, &slugs, (&mut dates, &mut undated)).await?;
    let (dates, undated): (Vec<_>, Vec<_>) = (dates.into_iter().collect(), undated.into_iter().collect());
    let (mut reports, meetings_so_far) = store::reports(transaction, &dates, &undated).await?;
    for participant in reports.iter_mut().flat_map(|report| &mut report.participants) {
        if let Some(person) = person_of.get(&participant.id) {
            participant.person = Some(*person);
        }
    }
    let meetings = resolve::meetings(&reports, &told.meetings);
    let participants: Vec<_> = meetings.iter().flat_map(|m| resolve::participants(m, &reports)).collect();
    let meeting_of: HashMap<Uuid, Uuid> = meetings.iter().flat_map(|m| m.reports.iter().map(|r| (*r, m.id))).collect();
    let report_ids: Vec<Uuid> = reports.iter().map(|report| report.id).collect();
    let award_reports = store::award_reports(transaction, &report_ids, &documents).await?;
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
    store::sweep(transaction, &touched).await
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

/// The days and the undated reports to put together: the ones touched, and those of people who turn out to be somebody
/// else now.
fn blocks(
    dates: &[NaiveDate],
    mut undated: BTreeSet<Uuid>,
    mentions: &[Mention],
    person_of: &HashMap<Uuid, Uuid>,
) -> (BTreeSet<NaiveDate>, BTreeSet<Uuid>) {
    let mut dates: BTreeSet<NaiveDate> = dates.iter().copied().collect();
    for mention in mentions.iter().filter(|m| m.participant && m.person != person_of.get(&m.id).copied()) {
        match mention.date {
            Some(date) => _ = dates.insert(date),
            None => undated.extend(mention.meeting_report),
        }
    }
    (dates, undated)
}

/// Adds the days and undated reports that are told to be of one meeting with any of these, or with one in `slugs`.
async fn link(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    slugs: &[String],
    (dates, undated): (&mut BTreeSet<NaiveDate>, &mut BTreeSet<Uuid>),
) -> Result<(), Error> {
    let lists = &told.meetings.same;
    if lists.is_empty() {
        return Ok(());
    }
    let named: Vec<String> = lists.iter().flatten().map(|report| report.document.clone()).collect();
    let places = store::report_places(transaction, &named).await?;
    loop {
        let mut grown = false;
        for list in lists {
            let of_list = || places.iter().filter(|place| list.iter().any(|report| report.document == place.slug));
            let touched = |place: &ReportPlace| {
                undated.contains(&place.id) || place.date.is_some_and(|date| dates.contains(&date))
            };
            if !list.iter().any(|report| slugs.contains(&report.document)) && !of_list().any(touched) {
                continue;
            }
            for place in of_list() {
                grown |= match place.date {
                    Some(date) => dates.insert(date),
                    None => undated.insert(place.id),
                };
            }
        }
        if !grown {
            return Ok(());
        }
    }
}

/// Spells these bodies anew, whose spellings may have become more or fewer.
async fn spell(transaction: &mut Transaction<'_, Postgres>, mut ids: Vec<Uuid>) -> Result<(), Error> {
    ids.sort_unstable();
    ids.dedup();
    let spelled = store::spellings(transaction, &ids).await?;
    let best = |(id, (key, all)): (Uuid, (String, Vec<(String, i64)>))| {
        Some((id, resolve::best_spelling(&key, &all)?.to_owned()))
    };
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
