//! Puts together anew what documents touch: the days of their meetings, the names of their people, their bodies.
//!
//! Both of what they say now and of what they said before, so that what they no longer support goes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::{bodies, names};
use crate::domain::{Corrections, Organization, ReportedDocument, ReportedMeeting, document_id};
use crate::resolve;
use crate::store::{self, Error, References, ReportPlace, Resolved, Touched, Written};

/// What is to be written, and what was there before.
pub struct Change<'a> {
    /// What those of the documents that were there touched until then; their facts are gone.
    pub before: Touched,
    /// The documents, none of which is written yet.
    pub now: Vec<Written<'a>>,
}

/// Writes documents, and brings the second layer up to date with them and with the facts that are gone.
pub async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    change: Change<'_>,
) -> Result<(), Error> {
    let Change { before, now } = change;
    let mut ids: Vec<Uuid> = before.organizations.clone();
    let bodies: BTreeMap<Uuid, &Organization> =
        now.iter().flat_map(|document| &document.reported.organizations).map(|body| (body.id, body)).collect();
    store::add_organizations(transaction, &bodies.values().copied().collect::<Vec<_>>()).await?;
    let work = Work { touched: before, undated: BTreeSet::new(), documents: Vec::new() };
    put_together(transaction, told, work, &now).await?;
    // One that the documents spell as it is shown already stays as it is, and that is almost every one.
    let shown = store::organization_names(transaction, &bodies.keys().copied().collect::<Vec<_>>()).await?;
    let news = |(id, name): &(Uuid, &str)| {
        let known = bodies.get(id).zip(shown.get(id));
        known.is_none_or(|(body, shown)| resolve::may_be_shown(&body.key, name, shown))
    };
    ids.extend(now.iter().flat_map(|document| spellings(document.reported)).filter(news).map(|(id, _)| id));
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
    put_together(transaction, told, Work { touched, undated, documents }, &[]).await?;
    spell(transaction, moved.organizations).await
}

/// What to put together anew, besides what documents that are written now belong to.
struct Work {
    /// Names and days of which everything is; what may be left without support.
    touched: Touched,
    /// Reports without a day.
    undated: BTreeSet<Uuid>,
    /// The documents whose awards outside of meetings are to be put together.
    documents: Vec<Uuid>,
}

/// The days and the undated reports of which everything is put together anew.
struct Blocks {
    dates: BTreeSet<NaiveDate>,
    undated: BTreeSet<Uuid>,
}

async fn put_together(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    work: Work,
    now: &[Written<'_>],
) -> Result<(), Error> {
    let Work { mut touched, undated, documents } = work;
    let new: Vec<&ReportedDocument> = now.iter().map(|document| document.reported).collect();
    let named = names::people(transaction, told, std::mem::take(&mut touched.keys), &new).await?;
    let person_of = &named.person_of;

    let mut blocks = Blocks { dates: touched.dates.iter().copied().collect(), undated };
    // Those of people who turn out to be somebody else now.
    for mention in named.before.iter().filter(|m| m.participant && m.person != person_of.get(&m.id).copied()) {
        match mention.date {
            Some(date) => _ = blocks.dates.insert(date),
            None => blocks.undated.extend(mention.meeting_report),
        }
    }
    let told_now: Vec<&ReportedMeeting> = new.iter().flat_map(|document| &document.meetings).collect();
    link(transaction, told, &told_now, &mut blocks).await?;
    let mut reports = before(transaction, &mut touched, &blocks, &told_now).await?;
    let stored: HashSet<Uuid> = reports.iter().map(|report| report.id).collect();
    reports.extend(told_now.into_iter().cloned());
    for participant in reports.iter_mut().flat_map(|report| &mut report.participants) {
        if let Some(person) = person_of.get(&participant.id) {
            participant.person = Some(*person);
        }
    }
    let meetings = resolve::meetings(&reports, &told.meetings);
    let by_id: HashMap<Uuid, &ReportedMeeting> = reports.iter().map(|report| (report.id, report)).collect();
    let participants = meetings.iter().flat_map(|meeting| {
        let own: Vec<&ReportedMeeting> = meeting.reports.iter().filter_map(|id| by_id.get(id).copied()).collect();
        resolve::participants(meeting, &own)
    });
    let participants: Vec<_> = participants.collect();
    let meeting_of: HashMap<Uuid, Uuid> = meetings.iter().flat_map(|m| m.reports.iter().map(|r| (*r, m.id))).collect();
    let ids: Vec<Uuid> = stored.iter().copied().collect();
    let mut award_reports = store::award_reports(transaction, &ids, &documents).await?;
    award_reports.extend(new.iter().flat_map(|document| document.awards.iter().cloned()));
    let awards = resolve::awards(&award_reports, |report| meeting_of.get(&report).copied());

    let setters = new.iter().flat_map(|document| &document.tasks).map(|task| task.task.id);
    let mut references = References {
        task_setters: setters.filter_map(|task| Some((task, *person_of.get(&task)?))).collect(),
        participants: participants.iter().flat_map(|p| p.reports.iter().map(|r| (*r, p.id))).collect(),
        awards: awards.iter().flat_map(|a| a.reports.iter().map(|r| (*r, a.id))).collect(),
        meetings: meeting_of,
    };
    touched.keys = named.anew;
    let resolved = Resolved { people: named.people, meetings, participants, awards };
    store::write_resolved(transaction, &resolved).await?;
    store::write_documents(transaction, now, &references).await?;

    // What has just been written refers to it already.
    for document in &new {
        for meeting in &document.meetings {
            references.meetings.remove(&meeting.id);
            for participant in &meeting.participants {
                references.participants.remove(&participant.id);
            }
        }
        for award in &document.awards {
            references.awards.remove(&award.id);
        }
    }
    let setters = named.before.iter().filter(|m| !m.participant).filter_map(|m| Some((m, *person_of.get(&m.id)?)));
    references.task_setters = setters.filter(|(m, person)| m.person != Some(*person)).map(|(m, p)| (m.id, p)).collect();
    store::write_references(transaction, &references).await?;
    store::sweep(transaction, &touched).await
}

/// The reports that are there of these blocks, and those of other days that the new ones can make a difference to.
async fn before(
    transaction: &mut Transaction<'_, Postgres>,
    touched: &mut Touched,
    blocks: &Blocks,
    new: &[&ReportedMeeting],
) -> Result<Vec<ReportedMeeting>, Error> {
    let mut dates = blocks.dates.clone();
    dates.extend(new.iter().filter_map(|report| report.report.date));
    let (dates, undated): (Vec<_>, Vec<_>) = (dates.into_iter().collect(), blocks.undated.iter().copied().collect());
    let (mut reports, mut others, mut meeting_of) = (Vec::new(), Vec::new(), HashMap::new());
    for (report, meeting) in store::reports(transaction, &dates, &undated).await? {
        meeting_of.insert(report.id, meeting);
        let is_whole = report.report.date.is_none_or(|date| blocks.dates.contains(&date));
        if is_whole || undated.contains(&report.id) { reports.push(report) } else { others.push(report) }
    }
    let near: HashSet<Uuid> = resolve::related(new, &others).into_iter().collect();
    reports.extend(others.into_iter().filter(|report| near.contains(&report.id)));
    touched.meetings.extend(reports.iter().filter_map(|report| meeting_of.get(&report.id).copied().flatten()));
    store::add_lists(transaction, &mut reports).await?;
    Ok(reports)
}

/// Adds the days and undated reports that are told to be of one meeting with any of these, or with a new one.
async fn link(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    new: &[&ReportedMeeting],
    blocks: &mut Blocks,
) -> Result<(), Error> {
    let lists = &told.meetings.same;
    if lists.is_empty() {
        return Ok(());
    }
    // What is told decides about any of a day's reports.
    blocks.dates.extend(new.iter().filter_map(|report| report.report.date));
    let named: Vec<String> = lists.iter().flatten().map(|report| report.document.clone()).collect();
    let mut places = store::report_places(transaction, &named).await?;
    let place =
        |report: &&ReportedMeeting| ReportPlace { id: report.id, slug: report.slug.clone(), date: report.report.date };
    places.extend(new.iter().filter(|report| named.contains(&report.slug)).map(place));
    blocks.undated.extend(new.iter().filter(|report| report.report.date.is_none()).map(|report| report.id));
    loop {
        let mut grown = false;
        for list in lists {
            let of_list = || places.iter().filter(|place| list.iter().any(|report| report.document == place.slug));
            let touched = |place: &ReportPlace| {
                blocks.undated.contains(&place.id) || place.date.is_some_and(|date| blocks.dates.contains(&date))
            };
            if !of_list().any(touched) {
                continue;
            }
            for place in of_list() {
                grown |= match place.date {
                    Some(date) => blocks.dates.insert(date),
                    None => blocks.undated.insert(place.id),
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
