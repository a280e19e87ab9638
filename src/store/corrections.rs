//! What is told of who is who, and where the reports stand that it speaks of.

use chrono::NaiveDate;
use sqlx::{FromRow, PgExecutor, PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::Error;
use crate::domain::Corrections;

/// What has been told, as stored; nothing if nothing has.
pub async fn corrections(transaction: &mut Transaction<'_, Postgres>) -> Result<Corrections, Error> {
    read(&mut **transaction).await
}

/// As [`corrections`], outside of a transaction: another may be telling something else just now.
pub async fn corrections_now(pool: &PgPool) -> Result<Corrections, Error> {
    read(pool).await
}

async fn read(executor: impl PgExecutor<'_>) -> Result<Corrections, Error> {
    let told: Option<String> = sqlx::query_scalar("SELECT told FROM corrections").fetch_optional(executor).await?;
    // Written by us; what an earlier version wrote otherwise is told anew at the next start.
    Ok(told.and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default())
}

/// Stores it in place of what was told before.
pub async fn write_corrections(transaction: &mut Transaction<'_, Postgres>, told: &Corrections) -> Result<(), Error> {
    if *told == Corrections::default() {
        sqlx::query("DELETE FROM corrections").execute(&mut **transaction).await?;
        return Ok(());
    }
    sqlx::query("INSERT INTO corrections (told) VALUES ($1) ON CONFLICT (one) DO UPDATE SET told = excluded.told")
        .bind(serde_json::json!(told).to_string())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// Where a report stands and of which day it is.
#[derive(Clone, Debug, FromRow)]
pub struct ReportPlace {
    /// The fact's id.
    pub id: Uuid,
    /// The document.
    pub slug: String,
    /// Its day.
    pub date: Option<NaiveDate>,
}

/// All reports in the documents with these slugs.
pub async fn report_places(
    transaction: &mut Transaction<'_, Postgres>,
    slugs: &[String],
) -> Result<Vec<ReportPlace>, Error> {
    let places = sqlx::query_as(
        "SELECT r.id, d.slug, r.date FROM documents d JOIN facts f ON f.document_id = d.id
         JOIN meeting_reports r ON r.id = f.id WHERE d.slug = ANY($1)",
    );
    Ok(places.bind(slugs).fetch_all(&mut **transaction).await?)
}

/// Which of these slugs some document has.
pub async fn slugs_among(pool: &PgPool, slugs: &[String]) -> Result<Vec<String>, Error> {
    let known = sqlx::query_scalar("SELECT slug FROM documents WHERE slug = ANY($1)").bind(slugs);
    Ok(known.fetch_all(pool).await?)
}
