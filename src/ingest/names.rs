//! Whom the names in documents mean: by what is counted of each name where that is enough, else by all its mentions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use crate::domain::{
    Corrections, Mention, NameScope, ParticipantKind, Person, ReportedDocument, local_province, name_key,
};
use crate::resolve;
use crate::store::{self, Error};

/// Who is meant.
pub struct Named {
    /// The people of the names, each with those of the mentions that have been looked at.
    pub people: Vec<Person>,
    /// The person of each mention (fact id) that has been looked at.
    pub person_of: HashMap<Uuid, Uuid>,
    /// The mentions that were there before and have been looked at.
    pub before: Vec<Mention>,
    /// The names of which all mentions have been looked at.
    pub anew: Vec<String>,
}

/// Tells whom the names in the documents `now` mean, which are not written yet, and whom all mentions of the names `anew`
/// mean; and counts.
pub async fn people(
    transaction: &mut Transaction<'_, Postgres>,
    told: &Corrections,
    anew: Vec<String>,
    now: &[&ReportedDocument],
) -> Result<Named, Error> {
    let mut new: BTreeMap<String, Vec<Mention>> = BTreeMap::new();
    for mention in now.iter().flat_map(|document| mentions(document)) {
        new.entry(mention.key.clone()).or_default().push(mention);
    }
    let mut anew: BTreeSet<String> = anew.into_iter().collect();
    let lists = told.people.same.iter().chain(&told.people.different);
    anew.extend(lists.flatten().filter(|name| new.contains_key(&name.key)).map(|name| name.key.clone()));
    let mut linked: Vec<String> = anew.into_iter().collect();
    told.link_names(&mut linked);
    let mut anew: BTreeSet<String> = linked.into_iter().collect();

    let keys: Vec<String> = new.keys().filter(|key| !anew.contains(*key)).cloned().collect();
    let mut known = store::name_scopes(transaction, &keys).await?;
    let (mut people, mut counts): (Vec<Person>, Vec<NameScope>) = (Vec::new(), Vec::new());
    for key in keys {
        let Some(mentions) = new.get(&key) else { continue };
        let known = known.remove(&key).unwrap_or_default();
        match resolve::joining(&known, &mentions.iter().collect::<Vec<_>>()) {
            Some(meant) => {
                people.extend(meant);
                counts.extend(resolve::name_scopes(mentions));
            }
            None => _ = anew.insert(key),
        }
    }

    let anew: Vec<String> = anew.into_iter().collect();
    let before = store::mentions(transaction, &anew).await?;
    let mut all = before.clone();
    all.extend(anew.iter().filter_map(|key| new.remove(key)).flatten());
    people.extend(resolve::people(&all, &told.people));
    counts.extend(resolve::name_scopes(&all));
    store::count_names(transaction, &anew, &counts).await?;
    let person_of = people.iter().flat_map(|p| p.reports.iter().map(|r| (*r, p.id))).collect();
    Ok(Named { people, person_of, before, anew })
}

/// Every place where the document names a person.
fn mentions(document: &ReportedDocument) -> Vec<Mention> {
    let mut all = Vec::new();
    for meeting in &document.meetings {
        let province = local_province(meeting.report.level, meeting.report.province);
        for p in meeting.participants.iter().filter(|p| p.report.kind == ParticipantKind::Person) {
            all.push(Mention {
                id: p.id,
                slug: document.slug.clone(),
                ordinal: p.ordinal,
                participant: true,
                name: p.report.name.clone(),
                key: p.key.clone(),
                positions: p.report.positions.clone(),
                site_province: p.report.site.as_ref().and_then(|site| site.province),
                meeting_province: province,
                person: None,
                meeting_report: Some(meeting.id),
                date: meeting.report.date,
            });
        }
    }
    for task in &document.tasks {
        let Some(name) = &task.task.fact.assigned_by else { continue };
        all.push(Mention {
            id: task.task.id,
            slug: document.slug.clone(),
            ordinal: task.task.ordinal,
            participant: false,
            name: name.clone(),
            key: name_key(name),
            positions: Vec::new(),
            site_province: None,
            meeting_province: None,
            person: None,
            meeting_report: None,
            date: None,
        });
    }
    all
}
