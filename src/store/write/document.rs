//! A document's own row, its facts and where they stand, and the bodies it names.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use super::{claims, reports, sentences};
use crate::domain::{Evidence, FactKind, Organization, ProvinceId, ReportedDocument, Source};

/// Writes the document and everything it states, in place of what was there under its id.
pub async fn write_document(
    transaction: &mut Transaction<'_, Postgres>,
    source: &Source,
    content_hash: &[u8],
    reported: &ReportedDocument,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM facts WHERE document_id = $1").bind(reported.id).execute(&mut **transaction).await?;
    sqlx::query(
        "INSERT INTO documents (id, slug, title, kind, publisher, url, published_on, text, content_hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, publisher = excluded.publisher,
             url = excluded.url, published_on = excluded.published_on, text = excluded.text,
             content_hash = excluded.content_hash, loaded_at = now()",
    )
    .bind(reported.id)
    .bind(&source.slug)
    .bind(&source.title)
    .bind(reported.kind.as_str())
    .bind(&source.meta.publisher)
    .bind(&source.meta.url)
    .bind(source.meta.published_on)
    .bind(&source.text)
    .bind(content_hash)
    .execute(&mut **transaction)
    .await?;

    add_organizations(transaction, &reported.organizations).await?;
    facts(transaction, reported).await?;
    reports::write(transaction, reported).await?;
    claims::write(transaction, reported).await?;
    sentences::write(transaction, reported.id, &source.text, &reported.sentences).await
}

/// Removes the document and everything it states.
pub async fn delete_document(transaction: &mut Transaction<'_, Postgres>, id: Uuid) -> Result<(), Error> {
    sqlx::query("DELETE FROM documents WHERE id = $1").bind(id).execute(&mut **transaction).await?;
    Ok(())
}

/// Adds the bodies that are not there yet; how they are spelled is decided by [`name_organizations`].
pub async fn add_organizations(transaction: &mut Transaction<'_, Postgres>, all: &[Organization]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO organizations (id, name, name_key, province_id, scope)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::smallint[], $5::text[])
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(all.iter().map(|o| o.id).collect::<Vec<_>>())
    .bind(all.iter().map(|o| o.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|o| o.key.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|o| o.province.map(ProvinceId::get)).collect::<Vec<_>>())
    .bind(all.iter().map(|o| o.scope.as_str()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Spells organizations as given.
pub async fn name_organizations(
    transaction: &mut Transaction<'_, Postgres>,
    names: &[(Uuid, String)],
) -> Result<(), Error> {
    if names.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "UPDATE organizations SET name = new.name FROM UNNEST($1::uuid[], $2::text[]) AS new (id, name)
         WHERE organizations.id = new.id AND organizations.name <> new.name",
    )
    .bind(names.iter().map(|(id, _)| *id).collect::<Vec<_>>())
    .bind(names.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What all kinds of facts share: their rows in `facts` and `evidence`.
async fn facts(transaction: &mut Transaction<'_, Postgres>, reported: &ReportedDocument) -> Result<(), Error> {
    let mut facts: Vec<(Uuid, FactKind, i32, &[Evidence])> = Vec::new();
    for meeting in &reported.meetings {
        facts.push((meeting.id, FactKind::MeetingReport, meeting.ordinal, &meeting.report.evidence));
        for p in &meeting.participants {
            facts.push((p.id, FactKind::ParticipantReport, p.ordinal, &p.report.evidence));
        }
    }
    facts.extend(reported.tasks.iter().map(|t| (t.task.id, FactKind::Task, t.task.ordinal, &*t.task.fact.evidence)));
    facts.extend(reported.awards.iter().map(|a| (a.id, FactKind::AwardReport, a.ordinal, &*a.report.evidence)));
    facts.extend(reported.directives.iter().map(|(d, _)| (d.id, FactKind::Directive, d.ordinal, &*d.fact.evidence)));
    facts.extend(reported.figures.iter().map(|f| (f.id, FactKind::Figure, f.ordinal, &*f.fact.evidence)));
    if facts.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO facts (id, document_id, kind, ordinal)
         SELECT id, $1, kind, ordinal FROM UNNEST($2::uuid[], $3::text[], $4::int[]) AS new (id, kind, ordinal)",
    )
    .bind(reported.id)
    .bind(facts.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, kind, ..)| kind.as_str()).collect::<Vec<_>>())
    .bind(facts.iter().map(|(_, _, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;

    let places: Vec<(Uuid, i32, &Evidence)> =
        facts.iter().flat_map(|(id, _, _, evidence)| (1..).zip(*evidence).map(|(n, place)| (*id, n, place))).collect();
    let offset = |at: u32| i32::try_from(at).unwrap_or(i32::MAX);
    sqlx::query(
        "INSERT INTO evidence (fact_id, ordinal, start_at, end_at, rule)
         SELECT * FROM UNNEST($1::uuid[], $2::int[], $3::int[], $4::int[], $5::text[])",
    )
    .bind(places.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(places.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| offset(place.span.start)).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| offset(place.span.end)).collect::<Vec<_>>())
    .bind(places.iter().map(|(.., place)| place.rule).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
