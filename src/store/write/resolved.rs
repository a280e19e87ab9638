//! The second layer: rows that are new are added, rows that differ are changed, rows that are the same are not touched.
//!
//! Not even locked, as `ON CONFLICT ... WHERE` would: a document puts a whole day together anew, and each locked row is
//! a page to be written.

mod lists;

use sqlx::{Postgres, Transaction};

use super::super::Error;
use super::super::row::{bind_meetings, joined};
use crate::domain::{Award, Meeting, Participant, ParticipantKind, Person, ProvinceId};

/// What has been put together anew, whole meetings and whole names at a time.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// Everybody of the names touched.
    pub people: Vec<Person>,
    /// Every meeting touched.
    pub meetings: Vec<Meeting>,
    /// All participants of those meetings, each meeting's in order.
    pub participants: Vec<Participant>,
    /// All awards of those meetings, and those the document reports outside of one.
    pub awards: Vec<Award>,
}

/// Writes it, with the name keys of the people.
pub async fn write_resolved(transaction: &mut Transaction<'_, Postgres>, all: &Resolved) -> Result<(), Error> {
    people(transaction, &all.people).await?;
    meetings(transaction, &all.meetings).await?;
    lists::organizers(transaction, &all.meetings).await?;
    lists::sites(transaction, &all.meetings).await?;
    participants(transaction, &all.participants).await?;
    lists::positions(transaction, &all.participants).await?;
    awards(transaction, &all.awards).await?;
    lists::recipients(transaction, &all.awards).await
}

async fn people(transaction: &mut Transaction<'_, Postgres>, all: &[Person]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO people (id, name, name_key)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[]) AS new (id, name, name_key)
         WHERE NOT EXISTS (SELECT FROM people p WHERE p.id = new.id AND p.name = new.name)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key",
    )
    .bind(all.iter().map(|p| p.id).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|p| crate::domain::name_key(&p.name)).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn meetings(transaction: &mut Transaction<'_, Postgres>, meetings: &[Meeting]) -> Result<(), Error> {
    if meetings.is_empty() {
        return Ok(());
    }
    let all: Vec<_> = meetings.iter().map(|m| (m.id, &m.summary)).collect();
    let query = sqlx::query(
        "INSERT INTO meetings (id, title, kind, date, part_of_day, mode, level, venue, province_id, review_year,
             plan_year, site_count, site_count_qualifier, attendee_count, attendee_count_qualifier)
         SELECT * FROM UNNEST($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[], $6::text[], $7::text[],
             $8::text[], $9::smallint[], $10::smallint[], $11::smallint[], $12::bigint[], $13::text[], $14::bigint[],
             $15::text[])
             AS new (id, title, kind, date, part_of_day, mode, level, venue, province_id, review_year, plan_year,
                 site_count, site_count_qualifier, attendee_count, attendee_count_qualifier)
         WHERE NOT EXISTS (SELECT FROM meetings m WHERE m.id = new.id
             AND (m.title, m.kind, m.date, m.part_of_day, m.mode, m.level, m.venue, m.province_id, m.review_year,
                 m.plan_year, m.site_count, m.site_count_qualifier, m.attendee_count, m.attendee_count_qualifier)
             IS NOT DISTINCT FROM (new.title, new.kind, new.date, new.part_of_day, new.mode, new.level, new.venue,
                 new.province_id, new.review_year, new.plan_year, new.site_count, new.site_count_qualifier,
                 new.attendee_count, new.attendee_count_qualifier))
         ON CONFLICT (id) DO UPDATE SET title = excluded.title, kind = excluded.kind, date = excluded.date,
             part_of_day = excluded.part_of_day, mode = excluded.mode, level = excluded.level, venue = excluded.venue,
             province_id = excluded.province_id, review_year = excluded.review_year, plan_year = excluded.plan_year,
             site_count = excluded.site_count, site_count_qualifier = excluded.site_count_qualifier,
             attendee_count = excluded.attendee_count, attendee_count_qualifier = excluded.attendee_count_qualifier",
    )
    .bind(all.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    bind_meetings(query, &all).execute(&mut **transaction).await?;
    Ok(())
}

async fn participants(transaction: &mut Transaction<'_, Postgres>, all: &[Participant]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    // Numbered per meeting; they come meeting by meeting.
    let mut ordinals: Vec<i32> = Vec::with_capacity(all.len());
    for (at, participant) in all.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| Some((all.get(at)?.meeting, *ordinals.get(at)?)));
        ordinals.push(before.filter(|(meeting, _)| *meeting == participant.meeting).map_or(1, |(_, n)| n + 1));
    }
    let person = |p: &Participant| p.person.filter(|_| p.kind == ParticipantKind::Person);
    sqlx::query(
        "INSERT INTO participants (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id, day)
         SELECT new.id, meeting_id, new.kind, name, ordinal, person_id, string_to_array(roles, ','), site_name,
             site_province_id, coalesce(m.date, '-infinity')
         FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::int[], $6::uuid[], $7::text[], $8::text[],
             $9::smallint[])
             AS new (id, meeting_id, kind, name, ordinal, person_id, roles, site_name, site_province_id)
             JOIN meetings m ON m.id = new.meeting_id
         WHERE NOT EXISTS (SELECT FROM participants p WHERE p.id = new.id
             AND (p.meeting_id, p.kind, p.name, p.ordinal, p.person_id, p.roles, p.site_name, p.site_province_id, p.day)
             IS NOT DISTINCT FROM (new.meeting_id, new.kind, new.name, new.ordinal, new.person_id,
                 string_to_array(new.roles, ','), new.site_name, new.site_province_id, coalesce(m.date, '-infinity')))
         ON CONFLICT (id) DO UPDATE SET meeting_id = excluded.meeting_id, kind = excluded.kind, name = excluded.name,
             ordinal = excluded.ordinal, person_id = excluded.person_id, roles = excluded.roles,
             site_name = excluded.site_name, site_province_id = excluded.site_province_id, day = excluded.day",
    )
    .bind(all.iter().map(|p| p.id).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.meeting).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.name.as_str()).collect::<Vec<_>>())
    .bind(ordinals)
    .bind(all.iter().map(person).collect::<Vec<_>>())
    .bind(all.iter().map(|p| joined(&p.roles)).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.site.as_ref().map(|s| s.name.as_str())).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.site.as_ref()?.province.map(ProvinceId::get)).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

async fn awards(transaction: &mut Transaction<'_, Postgres>, all: &[Award]) -> Result<(), Error> {
    if all.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO awards (id, meeting_id, name, granted_by_id, collective_count, individual_count, work_count,
             year)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::int[], $7::int[],
             $8::smallint[])
             AS new (id, meeting_id, name, granted_by_id, collective_count, individual_count, work_count, year)
         WHERE NOT EXISTS (SELECT FROM awards a WHERE a.id = new.id
             AND (a.meeting_id, a.name, a.granted_by_id, a.collective_count, a.individual_count, a.work_count, a.year)
             IS NOT DISTINCT FROM (new.meeting_id, new.name, new.granted_by_id, new.collective_count,
                 new.individual_count, new.work_count, new.year))
         ON CONFLICT (id) DO UPDATE SET meeting_id = excluded.meeting_id, name = excluded.name,
             granted_by_id = excluded.granted_by_id, collective_count = excluded.collective_count,
             individual_count = excluded.individual_count, work_count = excluded.work_count, year = excluded.year",
    )
    .bind(all.iter().map(|a| a.id).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.meeting).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.name.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.granted_by).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.collective_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.individual_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.work_count).collect::<Vec<_>>())
    .bind(all.iter().map(|a| a.year).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
