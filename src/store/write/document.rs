//! Documents' own rows, their facts and where they stand, and the bodies they name.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use super::{References, claims, facts, reports, sentences};
use crate::domain::{Organization, ProvinceId, ReportedDocument, Source};

/// A document to be written: as read, and what it states.
#[derive(Clone, Copy, Debug)]
pub struct Written<'a> {
    /// The document.
    pub source: &'a Source,
    /// SHA-256 of all that what is stored of it depends on.
    pub content_hash: &'a [u8],
    /// What it states.
    pub reported: &'a ReportedDocument,
}

/// Removes what these documents (ids) state, and leaves them and their sentences.
pub async fn delete_facts(transaction: &mut Transaction<'_, Postgres>, documents: &[Uuid]) -> Result<(), Error> {
    sqlx::query("DELETE FROM facts WHERE document_id = ANY($1)").bind(documents).execute(&mut **transaction).await?;
    Ok(())
}

/// Writes these documents, each once, and everything they state, with what that is put together into; the bodies that
/// they name are there. Of those that were there before, the facts are gone and the rest is replaced.
pub async fn write_documents(
    transaction: &mut Transaction<'_, Postgres>,
    all: &[Written<'_>],
    to: &References,
) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = all.iter().map(|d| d.reported.id).collect();
    sqlx::query(
        "INSERT INTO documents (id, slug, title, kind, publisher, url, published_on, text, content_hash)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
             $8::text[], $9::bytea[])
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, publisher = excluded.publisher,
             url = excluded.url, published_on = excluded.published_on, text = excluded.text,
             content_hash = excluded.content_hash, loaded_at = now()",
    )
    .bind(&ids)
    .bind(all.iter().map(|d| d.source.slug.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.source.title.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.reported.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.source.meta.publisher.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.source.meta.url.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.source.meta.published_on).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.source.text.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|d| d.content_hash).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;

    let reported: Vec<&ReportedDocument> = all.iter().map(|d| d.reported).collect();
    facts::write(transaction, all).await?;
    reports::write(transaction, &reported, to).await?;
    claims::write(transaction, &reported, to).await?;
    sentences::write(transaction, all).await
}

/// Removes the document and everything it states.
pub async fn delete_document(transaction: &mut Transaction<'_, Postgres>, id: Uuid) -> Result<(), Error> {
    sqlx::query("DELETE FROM documents WHERE id = $1").bind(id).execute(&mut **transaction).await?;
    Ok(())
}

/// Adds the bodies that are not there yet; how they are spelled is decided by [`name_organizations`].
pub async fn add_organizations(
    transaction: &mut Transaction<'_, Postgres>,
    all: &[&Organization],
) -> Result<(), Error> {
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
