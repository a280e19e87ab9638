//! The ordered lists that belong to a row of the second layer. Each statement writes the lists of all rows given:
//! entries past a list's new end go, entries that differ are changed.

use sqlx::{Postgres, Transaction};
use uuid::Uuid;

use super::super::super::Error;
use crate::domain::{Award, Meeting, OrganizerRole, Participant, ProvinceId};

/// Who holds each meeting.
pub async fn organizers(transaction: &mut Transaction<'_, Postgres>, meetings: &[Meeting]) -> Result<(), Error> {
    let mut all: Vec<(Uuid, OrganizerRole, i32, Uuid)> = Vec::new();
    for meeting in meetings {
        for role in OrganizerRole::ALL {
            let bodies = meeting.organizers.iter().filter(|(r, _)| r == role);
            all.extend((1..).zip(bodies).map(|(n, (role, body))| (meeting.id, *role, n, *body)));
        }
    }
    sqlx::query(
        "WITH new AS (
             SELECT * FROM UNNEST($2::uuid[], $3::text[], $4::int[], $5::uuid[])
                 AS new (meeting_id, role, ordinal, organization_id)
         ), gone AS (
             DELETE FROM meeting_organizers old WHERE meeting_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM new WHERE (new.meeting_id, new.role, new.ordinal) = (old.meeting_id, old.role, old.ordinal))
         )
         INSERT INTO meeting_organizers (meeting_id, role, ordinal, organization_id)
         SELECT * FROM new WHERE NOT EXISTS (SELECT FROM meeting_organizers old
             WHERE (old.meeting_id, old.role, old.ordinal, old.organization_id)
                 = (new.meeting_id, new.role, new.ordinal, new.organization_id))
         ON CONFLICT (meeting_id, role, ordinal) DO UPDATE SET organization_id = excluded.organization_id",
    )
    .bind(meetings.iter().map(|m| m.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, role, ..)| role.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, _, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., body)| *body).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The connected sites of each meeting.
pub async fn sites(transaction: &mut Transaction<'_, Postgres>, meetings: &[Meeting]) -> Result<(), Error> {
    let all: Vec<_> =
        meetings.iter().flat_map(|m| (1..).zip(&m.sites).map(|(n, site): (i32, _)| (m.id, n, site))).collect();
    sqlx::query(
        "WITH new AS (
             SELECT * FROM UNNEST($2::uuid[], $3::int[], $4::text[], $5::smallint[])
                 AS new (meeting_id, ordinal, name, province_id)
         ), gone AS (
             DELETE FROM sites old WHERE meeting_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM new WHERE (new.meeting_id, new.ordinal) = (old.meeting_id, old.ordinal))
         )
         INSERT INTO sites (meeting_id, ordinal, name, province_id)
         SELECT * FROM new WHERE NOT EXISTS (SELECT FROM sites old
             WHERE (old.meeting_id, old.ordinal, old.name) = (new.meeting_id, new.ordinal, new.name)
                 AND old.province_id IS NOT DISTINCT FROM new.province_id)
         ON CONFLICT (meeting_id, ordinal) DO UPDATE SET name = excluded.name, province_id = excluded.province_id",
    )
    .bind(meetings.iter().map(|m| m.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., site)| site.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., site)| site.province.map(ProvinceId::get)).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The positions of each participant.
pub async fn positions(transaction: &mut Transaction<'_, Postgres>, participants: &[Participant]) -> Result<(), Error> {
    let all: Vec<_> = participants
        .iter()
        .flat_map(|p| (1..).zip(&p.positions).map(|(n, (title, body)): (i32, _)| (p.id, n, title.as_str(), *body)))
        .collect();
    sqlx::query(
        "WITH new AS (
             SELECT * FROM UNNEST($2::uuid[], $3::int[], $4::text[], $5::uuid[])
                 AS new (participant_id, ordinal, title, organization_id)
         ), gone AS (
             DELETE FROM participant_positions old WHERE participant_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM new WHERE (new.participant_id, new.ordinal) = (old.participant_id, old.ordinal))
         )
         INSERT INTO participant_positions (participant_id, ordinal, title, organization_id)
         SELECT * FROM new WHERE NOT EXISTS (SELECT FROM participant_positions old
             WHERE (old.participant_id, old.ordinal, old.title) = (new.participant_id, new.ordinal, new.title)
                 AND old.organization_id IS NOT DISTINCT FROM new.organization_id)
         ON CONFLICT (participant_id, ordinal) DO UPDATE SET title = excluded.title,
             organization_id = excluded.organization_id",
    )
    .bind(participants.iter().map(|p| p.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, ordinal, ..)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, _, title, _)| *title).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., body)| *body).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// The named recipients of each award.
pub async fn recipients(transaction: &mut Transaction<'_, Postgres>, awards: &[Award]) -> Result<(), Error> {
    let all: Vec<_> = awards
        .iter()
        .flat_map(|a| (1..).zip(&a.recipients).map(|(n, name): (i32, _)| (a.id, n, name.as_str())))
        .collect();
    sqlx::query(
        "WITH new AS (
             SELECT * FROM UNNEST($2::uuid[], $3::int[], $4::text[]) AS new (award_id, ordinal, name)
         ), gone AS (
             DELETE FROM award_recipients old WHERE award_id = ANY($1) AND NOT EXISTS (
                 SELECT FROM new WHERE (new.award_id, new.ordinal) = (old.award_id, old.ordinal))
         )
         INSERT INTO award_recipients (award_id, ordinal, name)
         SELECT * FROM new WHERE NOT EXISTS (SELECT FROM award_recipients old
             WHERE (old.award_id, old.ordinal, old.name) = (new.award_id, new.ordinal, new.name))
         ON CONFLICT (award_id, ordinal) DO UPDATE SET name = excluded.name",
    )
    .bind(awards.iter().map(|a| a.id).collect::<Vec<_>>())
    .bind(all.iter().map(|(id, ..)| *id).collect::<Vec<_>>())
    .bind(all.iter().map(|(_, ordinal, _)| *ordinal).collect::<Vec<_>>())
    .bind(all.iter().map(|(.., name)| *name).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
