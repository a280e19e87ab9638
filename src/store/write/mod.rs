//! The way in: what is written for documents, always within the one transaction that [`begin`] opens.
//!
//! Rows are sent as arrays, one statement a table, so a batch of documents takes the same number of statements whatever
//! the number of documents and of their facts. Tables they have nothing for are skipped.

mod claims;
mod document;
mod facts;
mod pending;
mod references;
mod reports;
mod resolved;
mod sentences;
mod sweep;

pub use document::{Written, add_organizations, delete_document, delete_facts, name_organizations, write_documents};
pub use pending::place_pending;
pub use references::{References, write_references};
pub use resolved::{Resolved, write_resolved};
pub use sweep::sweep;

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::Error;

/// Key of the advisory lock that loaders take: one at a time puts things together.
const LOADER_LOCK: i64 = 0x0068_6f69_6e67_6869;

/// A transaction that no other loader runs beside; readers go on reading what was there before it.
pub async fn begin(pool: &PgPool) -> Result<Transaction<'static, Postgres>, Error> {
    let mut transaction = pool.begin().await?;
    // Waiting for another loader, and many documents, may take longer than a reader's statement may. And everything is
    // looked up by key: for hundreds of documents, reading a table whole seems cheap until it has millions of rows.
    sqlx::query("SELECT set_config('statement_timeout', '0', true), set_config('enable_seqscan', 'off', true)")
        .execute(&mut *transaction)
        .await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(LOADER_LOCK).execute(&mut *transaction).await?;
    Ok(transaction)
}

/// The content hashes of those of these documents (ids) that are there.
pub async fn content_hashes(pool: &PgPool, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<u8>>, Error> {
    let rows: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("SELECT id, content_hash FROM documents WHERE id = ANY($1)").bind(ids).fetch_all(pool).await?;
    Ok(rows.into_iter().collect())
}

/// Slugs of all documents, in order.
pub async fn slugs(pool: &PgPool) -> Result<Vec<String>, Error> {
    Ok(sqlx::query_scalar("SELECT slug FROM documents ORDER BY slug").fetch_all(pool).await?)
}

/// What loading or removing a document may change beyond its own rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Days of its meetings.
    pub dates: Vec<NaiveDate>,
    /// Keys of people's names in it.
    pub keys: Vec<String>,
    /// Organizations it names.
    pub organizations: Vec<Uuid>,
    /// Meetings its reports are of.
    pub meetings: Vec<Uuid>,
    /// Awards its reports are of.
    pub awards: Vec<Uuid>,
}

/// What those of these documents (ids) that are stored touch, and which they are.
pub async fn touched(
    transaction: &mut Transaction<'_, Postgres>,
    documents: &[Uuid],
) -> Result<(Vec<Uuid>, Touched), Error> {
    type Row = (Vec<NaiveDate>, Vec<String>, Vec<Uuid>, Vec<Uuid>, Vec<Uuid>);
    let there = sqlx::query_scalar("SELECT id FROM documents WHERE id = ANY($1)").bind(documents);
    let there: Vec<Uuid> = there.fetch_all(&mut **transaction).await?;
    if there.is_empty() {
        return Ok((there, Touched::default()));
    }
    let (dates, keys, organizations, meetings, awards): Row = sqlx::query_as(
        "WITH own AS (SELECT id FROM facts WHERE document_id = ANY($1))
         SELECT
             ARRAY(SELECT DISTINCT date FROM meeting_reports NATURAL JOIN own WHERE date IS NOT NULL),
             ARRAY(SELECT name_key FROM participant_reports NATURAL JOIN own WHERE kind = 'PERSON'
                 UNION SELECT assigned_by_key FROM tasks NATURAL JOIN own WHERE assigned_by_key IS NOT NULL),
             ARRAY(SELECT organization_id FROM (
                 SELECT organization_id FROM report_organizers JOIN own ON own.id = report_id
                 UNION SELECT organization_id FROM report_positions JOIN own ON own.id = participant_report_id
                 UNION SELECT granted_by_id FROM award_reports NATURAL JOIN own
                 UNION SELECT issued_by_id FROM directives NATURAL JOIN own
             ) AS named WHERE organization_id IS NOT NULL),
             ARRAY(SELECT DISTINCT meeting_id FROM meeting_reports NATURAL JOIN own WHERE meeting_id IS NOT NULL),
             ARRAY(SELECT DISTINCT award_id FROM award_reports NATURAL JOIN own WHERE award_id IS NOT NULL)",
    )
    .bind(&there)
    .fetch_one(&mut **transaction)
    .await?;
    Ok((there, Touched { dates, keys, organizations, meetings, awards }))
}
