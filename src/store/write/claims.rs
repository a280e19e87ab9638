//! What documents say besides: tasks, awards, directives, figures.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use super::References;
use crate::domain::{ReportedDocument, name_key};

/// Writes all four.
pub async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    reported: &[&ReportedDocument],
    to: &References,
) -> Result<(), Error> {
    tasks(transaction, reported, to).await?;
    awards(transaction, reported, to).await?;
    directives(transaction, reported).await?;
    figures(transaction, reported).await
}

async fn tasks(
    transaction: &mut Transaction<'_, Postgres>,
    reported: &[&ReportedDocument],
    to: &References,
) -> Result<(), Error> {
    let all: Vec<_> = reported.iter().flat_map(|d| &d.tasks).collect();
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO tasks (id, report_id, text, year, assigned_by_name, assigned_by_key, assigned_by_id)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::smallint[], $5::text[], $6::text[], $7::uuid[])",
    )
    .bind(all.iter().map(|t| t.task.id).collect::<Vec<_>>())
    .bind(all.iter().map(|t| t.meeting_report).collect::<Vec<_>>())
    .bind(all.iter().map(|t| t.task.fact.text.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|t| t.task.fact.year).collect::<Vec<_>>())
    .bind(all.iter().map(|t| t.task.fact.assigned_by.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|t| t.task.fact.assigned_by.as_deref().map(name_key)).collect::<Vec<_>>())
    .bind(all.iter().map(|t| to.task_setters.get(&t.task.id).copied()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn awards(
    transaction: &mut Transaction<'_, Postgres>,
    reported: &[&ReportedDocument],
    to: &References,
) -> Result<(), Error> {
    let all: Vec<_> = reported.iter().flat_map(|d| &d.awards).collect();
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO award_reports (id, report_id, name, granted_by_name, granted_by_id, collective_count,
             individual_count, work_count, year, award_id)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::int[], $7::int[],
             $8::int[], $9::smallint[], $10::uuid[])",
    )
    .bind(all.iter().map(|a| a.id).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.meeting_report).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.granted_by.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.granted_by).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.collective_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.individual_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.work_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.report.year).collect::<Vec<_>>())
    .bind(all.iter().map(|a| to.awards.get(&a.id).copied()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;

    let named: Vec<(Uuid, i32, &str)> =
        all.iter().flat_map(|a| (1..).zip(&a.report.recipients).map(|(n, name)| (a.id, n, name.as_str()))).collect();
    if named.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO award_report_recipients (award_report_id, ordinal, name)
         SELECT * FROM UNNEST($1::uuid[], $2::int[], $3::text[])",
    )
    .bind(named.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(named.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(named.iter().map(|(.., name)| *name).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn directives(transaction: &mut Transaction<'_, Postgres>, reported: &[&ReportedDocument]) -> Result<(), Error> {
    let all: Vec<_> = reported.iter().flat_map(|d| &d.directives).collect();
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO directives (id, code, issued_by_name, issued_by_id, issued_on)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::date[])",
    )
    .bind(all.iter().map(|(d, _)| d.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(d, _)| d.fact.code.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(d, _)| d.fact.issued_by.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, issuer)| *issuer).collect::<Vec<_>>())
    .bind(all.iter().map(|(d, _)| d.fact.issued_on).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn figures(transaction: &mut Transaction<'_, Postgres>, reported: &[&ReportedDocument]) -> Result<(), Error> {
    let all: Vec<_> = reported.iter().flat_map(|d| &d.figures).collect();
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO figures (id, value, unit, qualifier)
         SELECT * FROM UNNEST($1::uuid[], $2::numeric[], $3::text[], $4::text[])",
    )
    .bind(all.iter().map(|f| f.id).collect::<Vec<_>>())
    .bind(all.iter().map(|f| f.fact.value).collect::<Vec<_>>())
    .bind(all.iter().map(|f| f.fact.unit.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|f| f.fact.qualifier.as_str()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
