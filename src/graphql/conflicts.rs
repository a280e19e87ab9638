//! Where the reports of one meeting differ: worked out from the reports when it is asked for.

use async_graphql::{Context, Object, Result, SimpleObject};
use uuid::Uuid;

use super::{document::Document, limits::list_cost, loaders::all_referenced, out::Outs};
use crate::{
    domain::{self, CountQualifier, name_key},
    store::read::{MeetingFacts, MeetingReportRow},
};

/// A field of a meeting that its reports give different values (chỗ các bài đưa khác nhau). What a report does not say
/// differs from nothing.
#[derive(SimpleObject)]
pub struct MeetingConflict {
    /// The field's name, as in `Meeting`: `attendeeCount`.
    field: &'static str,
    /// Every value that some report gives: what most reports say first, else by the documents' slugs.
    values: Vec<ConflictingValue>,
}

/// One of several values.
pub struct ConflictingValue {
    value: String,
    documents: Vec<Uuid>,
}

/// One of the values that reports give for a field, and which documents do.
#[Object]
impl ConflictingValue {
    /// The value in words: text as worded, a date as `2021-12-23`, an enum's value by its name, a province by its name,
    /// a count as `120` or, where it is not exact, `MORE_THAN 120`.
    async fn value(&self) -> &str {
        &self.value
    }

    /// The documents (tài liệu) that say so, by their slugs.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Outs<Document>> {
        all_referenced(ctx, self.documents.iter()).await
    }
}

/// A field's name, and how its value is told.
type Field = (&'static str, fn(&MeetingFacts) -> Option<String>);

const FIELDS: [Field; 12] = [
    ("title", |facts| Some(facts.title.clone())),
    ("kind", |facts| Some(facts.kind.as_str().to_owned())),
    ("date", |facts| facts.date.map(|date| date.to_string())),
    ("partOfDay", |facts| facts.part_of_day.map(|part| part.as_str().to_owned())),
    ("mode", |facts| facts.mode.map(|mode| mode.as_str().to_owned())),
    ("level", |facts| facts.level.map(|level| level.as_str().to_owned())),
    ("venue", |facts| facts.venue.clone()),
    ("province", |facts| Some(domain::province(facts.province?)?.name.to_owned())),
    ("reviewYear", |facts| facts.review_year.map(|year| year.to_string())),
    ("planYear", |facts| facts.plan_year.map(|year| year.to_string())),
    ("siteCount", |facts| facts.site_count.map(told)),
    ("attendeeCount", |facts| facts.attendee_count.map(told)),
];

fn told(count: domain::Count) -> String {
    match count.qualifier {
        CountQualifier::Exact => count.value.to_string(),
        about => format!("{} {}", about.as_str(), count.value),
    }
}

/// Every field that `reports`, in order, do not agree on. Spellings of one name (case, the place of the tone mark) agree.
pub fn conflicts(reports: &[MeetingReportRow]) -> Outs<MeetingConflict> {
    let conflict = |(field, value): Field| {
        let mut values: Vec<(String, ConflictingValue)> = Vec::new();
        for report in reports {
            let Some(value) = value(&report.facts) else { continue };
            let key = name_key(&value);
            match values.iter_mut().find(|(known, _)| *known == key) {
                Some((_, known)) => known.documents.push(report.document),
                None => values.push((key, ConflictingValue { value, documents: vec![report.document] })),
            }
        }
        values.sort_by_key(|(_, value)| std::cmp::Reverse(value.documents.len()));
        let values: Vec<ConflictingValue> = values.into_iter().map(|(_, value)| value).collect();
        (values.len() > 1).then_some(MeetingConflict { field, values })
    };
    FIELDS.into_iter().filter_map(conflict).collect()
}
