//! What all kinds of facts have: their rows in `facts`, and where each stands.

use sha2::{Digest, Sha256};
use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use super::Written;
use crate::domain::{Evidence, FactKind, ReportedDocument, Span};

/// So many bytes of a quote's digest are kept: two quotes of one place are told apart by it, and no more.
const DIGEST: usize = 8;

/// A text, cut by code points.
struct Quotes<'a> {
    text: &'a str,
    /// Where each code point begins, and where the last ends, in bytes.
    starts: Vec<usize>,
}

impl<'a> Quotes<'a> {
    fn of(text: &'a str) -> Self {
        Self { text, starts: text.char_indices().map(|(at, _)| at).chain([text.len()]).collect() }
    }

    /// What migration 0008 makes of what stands there.
    fn digest(&self, span: Span) -> Vec<u8> {
        let at = |point: u32| self.starts.get(usize::try_from(point).ok()?).or(self.starts.last()).copied();
        let quote = at(span.start).zip(at(span.end)).and_then(|(start, end)| self.text.get(start..end));
        Sha256::digest(quote.unwrap_or_default()).iter().take(DIGEST).copied().collect()
    }
}

/// Writes the facts of these documents, of which none are there, and their evidence.
pub(super) async fn write(transaction: &mut Transaction<'_, Postgres>, all: &[Written<'_>]) -> Result<(), Error> {
    let facts: Vec<Fact<'_>> = all.iter().flat_map(|document| facts_of(document.reported)).collect();
    if facts.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO facts (id, document_id, kind, ordinal)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::int[])",
    )
    .bind(facts.iter().map(|fact| fact.id).collect::<Vec<_>>())
    .bind(facts.iter().map(|fact| fact.document).collect::<Vec<_>>())
    .bind(facts.iter().map(|fact| fact.kind.as_str()).collect::<Vec<_>>())
    .bind(facts.iter().map(|fact| fact.ordinal).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;

    let mut quotes: Vec<Vec<u8>> = Vec::new();
    let mut places: Vec<(Uuid, i32, &Evidence)> = Vec::new();
    for document in all {
        let quote = Quotes::of(&document.source.text);
        for fact in facts_of(document.reported) {
            quotes.extend(fact.evidence.iter().map(|place| quote.digest(place.span)));
            places.extend((1..).zip(fact.evidence).map(|(n, place)| (fact.id, n, place)));
        }
    }
    let offset = |at: u32| i32::try_from(at).unwrap_or(i32::MAX);
    sqlx::query(
        "INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule, quote)
         SELECT * FROM UNNEST($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[], $6::bytea[])",
    )
    .bind(places.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(places.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| offset(place.span.start)).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| offset(place.span.end)).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| place.rule).collect::<Vec<_>>())
    .bind(quotes)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What all kinds of facts have.
struct Fact<'a> {
    id: Uuid,
    document: Uuid,
    kind: FactKind,
    ordinal: i32,
    evidence: &'a [Evidence],
}

fn facts_of(reported: &ReportedDocument) -> Vec<Fact<'_>> {
    let fact = |id, kind, ordinal, evidence| Fact { id, document: reported.id, kind, ordinal, evidence };
    let mut facts: Vec<Fact<'_>> = Vec::new();
    for meeting in &reported.meetings {
        facts.push(fact(meeting.id, FactKind::MeetingReport, meeting.ordinal, &*meeting.report.evidence));
        for p in &meeting.participants {
            facts.push(fact(p.id, FactKind::ParticipantReport, p.ordinal, &p.report.evidence));
        }
    }
    facts.extend(reported.tasks.iter().map(|t| fact(t.task.id, FactKind::Task, t.task.ordinal, &t.task.fact.evidence)));
    facts.extend(reported.awards.iter().map(|a| fact(a.id, FactKind::AwardReport, a.ordinal, &a.report.evidence)));
    facts.extend(reported.directives.iter().map(|(d, _)| fact(d.id, FactKind::Directive, d.ordinal, &d.fact.evidence)));
    facts.extend(reported.figures.iter().map(|f| fact(f.id, FactKind::Figure, f.ordinal, &f.fact.evidence)));
    facts
}
