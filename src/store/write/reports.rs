//! What documents say of meetings and who took part.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::Error;
use super::super::row::{bind_meetings, joined};
use super::References;
use crate::domain::{
    BodyMention, OrganizerRole, Position, ProvinceId, ReportedDocument, ReportedMeeting, ReportedParticipant,
};

/// Writes the documents' reports of meetings, their organizers, participants and positions.
pub async fn write(
    transaction: &mut Transaction<'_, Postgres>,
    reported: &[&ReportedDocument],
    to: &References,
) -> Result<(), Error> {
    let all: Vec<&ReportedMeeting> = reported.iter().flat_map(|d| &d.meetings).collect();
    if all.is_empty() {
        return Ok(());
    }
    meetings(transaction, &all, to).await?;
    organizers(transaction, &all).await?;
    let all: Vec<(Uuid, &ReportedParticipant)> =
        all.iter().flat_map(|m| m.participants.iter().map(|p| (m.id, p))).collect();
    if all.is_empty() {
        return Ok(());
    }
    participants(transaction, &all, to).await?;
    positions(transaction, &all).await
}

async fn meetings(
    transaction: &mut Transaction<'_, Postgres>,
    all: &[&ReportedMeeting],
    to: &References,
) -> Result<(), Error> {
    let meetings: Vec<Option<Uuid>> = all.iter().map(|m| to.meetings.get(&m.id).copied()).collect();
    let all: Vec<_> = all.iter().map(|m| (m.id, &m.report)).collect();
    let query = sqlx::query(
        "INSERT INTO meeting_reports (id, title, kind, date, part_of_day, mode, level, venue, province_id, review_year,
             plan_year, site_count, site_count_qualifier, attendee_count, attendee_count_qualifier, meeting_id)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::smallint[], $10::smallint[], $11::smallint[], $12::bigint[], $13::text[], $14::bigint[],
             $15::text[], $16::uuid[])",
    )
    .bind(all.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    bind_meetings(query, &all).bind(meetings).execute(&mut **transaction).await?;
    Ok(())
}

async fn organizers(transaction: &mut Transaction<'_, Postgres>, meetings: &[&ReportedMeeting]) -> Result<(), Error> {
    let mut all: Vec<(Uuid, OrganizerRole, i32, &BodyMention)> = Vec::new();
    for meeting in meetings {
        for role in OrganizerRole::ALL {
            let named = meeting.organizers.iter().filter(|(r, _)| r == role);
            all.extend((1..).zip(named).map(|(n, (role, body))| (meeting.id, *role, n, body)));
        }
    }
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO report_organizers (report_id, role, ordinal, name, organization_id)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::int[], $4::text[], $5::uuid[])",
    )
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, role, ..)| role.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, _, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., body)| body.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., body)| body.id).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn participants(
    transaction: &mut Transaction<'_, Postgres>,
    all: &[(Uuid, &ReportedParticipant)],
    to: &References,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO participant_reports (id, report_id, kind, name, name_key, roles, site_name, site_province_id,
             participant_id)
         SELECT id, report_id, kind, name, name_key, string_to_array(roles, ','), site_name, site_province_id,
             participant_id
         FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::smallint[],
             $9::uuid[])
             AS new (id, report_id, kind, name, name_key, roles, site_name, site_province_id, participant_id)",
    )
    .bind(all.iter().map(|(_, p)| p.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(report, _)| *report).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| p.report.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| p.report.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| p.key.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| joined(&p.report.roles)).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| p.report.site.as_ref().map(|s| s.name.as_str())).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| p.report.site.as_ref()?.province.map(ProvinceId::get)).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, p)| to.participants.get(&p.id).copied()).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn positions(
    transaction: &mut Transaction<'_, Postgres>,
    participants: &[(Uuid, &ReportedParticipant)],
) -> Result<(), Error> {
    let mut all: Vec<(Uuid, i32, &Position, Option<Uuid>)> = Vec::new();
    for (_, p) in participants {
        let bodies = p.organizations.iter().copied().chain(std::iter::repeat(None));
        let numbered = (1..).zip(p.report.positions.iter().zip(bodies));
        all.extend(numbered.map(|(n, (position, body))| (p.id, n, position, body)));
    }
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO report_positions (participant_report_id, ordinal, title, organization_name, organization_id)
         SELECT * FROM UNNEST($1::uuid[], $2::int[], $3::text[], $4::text[], $5::uuid[])",
    )
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, ordinal, ..)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, _, position, _)| position.title.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, _, position, _)| position.organization.as_deref()).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., body)| *body).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
