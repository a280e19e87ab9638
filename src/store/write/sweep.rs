//! Removes what no fact supports any more.

use sqlx::{Postgres, Transaction};

use super::super::Error;
use super::Touched;

/// Of what loading has touched, removes what no report refers to any more: to be called when references are written.
pub async fn sweep(transaction: &mut Transaction<'_, Postgres>, touched: &Touched) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM participants p WHERE meeting_id = ANY($1)
             AND NOT EXISTS (SELECT FROM participant_reports r WHERE r.participant_id = p.id)",
    )
    .bind(&touched.meetings)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM awards a WHERE (meeting_id = ANY($1) OR id = ANY($2))
             AND NOT EXISTS (SELECT FROM award_reports r WHERE r.award_id = a.id)",
    )
    .bind(&touched.meetings)
    .bind(&touched.awards)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM meetings m WHERE id = ANY($1)
             AND NOT EXISTS (SELECT FROM meeting_reports r WHERE r.meeting_id = m.id)",
    )
    .bind(&touched.meetings)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM people p WHERE name_key = ANY($1)
             AND NOT EXISTS (SELECT FROM participants t WHERE t.person_id = p.id)
             AND NOT EXISTS (SELECT FROM tasks t WHERE t.assigned_by_id = p.id)",
    )
    .bind(&touched.keys)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "DELETE FROM organizations o WHERE id = ANY($1)
             AND NOT EXISTS (SELECT FROM report_organizers r WHERE r.organization_id = o.id)
             AND NOT EXISTS (SELECT FROM report_positions r WHERE r.organization_id = o.id)
             AND NOT EXISTS (SELECT FROM award_reports r WHERE r.granted_by_id = o.id)
             AND NOT EXISTS (SELECT FROM directives d WHERE d.issued_by_id = o.id)",
    )
    .bind(&touched.organizations)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
