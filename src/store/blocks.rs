//! What putting together starts from: all mentions of a name, all reports of a day.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{FromRow, Postgres, Transaction};
use uuid::Uuid;

use super::Error;
use super::row::{count, site, word, words};
use crate::domain::{
    AwardReport, BodyMention, MeetingLevel, MeetingReport, Mention, OrganizerRole, ParticipantReport, Position,
    ProvinceId, ReportedAward, ReportedMeeting, ReportedParticipant, local_province,
};

#[derive(FromRow)]
struct MentionRow {
    id: Uuid,
    slug: String,
    ordinal: i32,
    participant: bool,
    name: String,
    key: String,
    titles: Vec<String>,
    bodies: Vec<Option<String>>,
    site_province: Option<i16>,
    level: Option<String>,
    province: Option<i16>,
    person: Option<Uuid>,
    report: Option<Uuid>,
    date: Option<NaiveDate>,
}

/// Every mention of people with these name keys.
pub async fn mentions(transaction: &mut Transaction<'_, Postgres>, keys: &[String]) -> Result<Vec<Mention>, Error> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<MentionRow> = sqlx::query_as(
        "SELECT p.id, d.slug, f.ordinal, true AS participant, p.name, p.name_key AS key,
             ARRAY(SELECT title FROM report_positions o WHERE o.participant_report_id = p.id ORDER BY o.ordinal) AS titles,
             ARRAY(SELECT organization_name FROM report_positions o WHERE o.participant_report_id = p.id
                 ORDER BY o.ordinal) AS bodies,
             p.site_province_id AS site_province, r.level, r.province_id AS province, t.person_id AS person,
             r.id AS report, r.date
         FROM participant_reports p
         JOIN facts f ON f.id = p.id
         JOIN documents d ON d.id = f.document_id
         JOIN meeting_reports r ON r.id = p.report_id
         LEFT JOIN participants t ON t.id = p.participant_id
         WHERE p.kind = 'PERSON' AND p.name_key = ANY($1)
         UNION ALL
         SELECT s.id, d.slug, f.ordinal, false, s.assigned_by_name, s.assigned_by_key, '{}', '{}', NULL, NULL, NULL,
             s.assigned_by_id, NULL, NULL
         FROM tasks s
         JOIN facts f ON f.id = s.id
         JOIN documents d ON d.id = f.document_id
         WHERE s.assigned_by_key = ANY($1)",
    )
    .bind(keys)
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(TryInto::try_into).collect()
}

impl TryFrom<MentionRow> for Mention {
    type Error = Error;

    fn try_from(row: MentionRow) -> Result<Self, Error> {
        let level: Option<MeetingLevel> = word(row.level.as_deref())?;
        let positions = row.titles.into_iter().zip(row.bodies);
        Ok(Self {
            id: row.id,
            slug: row.slug,
            ordinal: row.ordinal,
            participant: row.participant,
            name: row.name,
            key: row.key,
            positions: positions.map(|(title, organization)| Position { title, organization }).collect(),
            site_province: row.site_province.and_then(ProvinceId::from_number),
            meeting_province: local_province(level, row.province.and_then(ProvinceId::from_number)),
            person: row.person,
            meeting_report: row.report,
            date: row.date,
        })
    }
}

#[derive(FromRow)]
struct ReportRow {
    id: Uuid,
    slug: String,
    ordinal: i32,
    meeting: Option<Uuid>,
    title: String,
    kind: String,
    date: Option<NaiveDate>,
    part_of_day: Option<String>,
    mode: Option<String>,
    level: Option<String>,
    venue: Option<String>,
    province_id: Option<i16>,
    review_year: Option<i16>,
    plan_year: Option<i16>,
    site_count: Option<i64>,
    site_count_qualifier: Option<String>,
    attendee_count: Option<i64>,
    attendee_count_qualifier: Option<String>,
}

/// All reports of meetings on `dates`, and the ones with these ids, each with the meeting it has been put together into
/// so far. Who held the meetings and who took part is added by [`add_lists`].
pub async fn reports(
    transaction: &mut Transaction<'_, Postgres>,
    dates: &[NaiveDate],
    ids: &[Uuid],
) -> Result<Vec<(ReportedMeeting, Option<Uuid>)>, Error> {
    if dates.is_empty() && ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<ReportRow> = sqlx::query_as(
        "SELECT r.id, d.slug, f.ordinal, r.meeting_id AS meeting, r.title, r.kind, r.date, r.part_of_day, r.mode,
             r.level, r.venue, r.province_id, r.review_year, r.plan_year, r.site_count, r.site_count_qualifier,
             r.attendee_count, r.attendee_count_qualifier
         FROM meeting_reports r JOIN facts f ON f.id = r.id JOIN documents d ON d.id = f.document_id
         WHERE r.date = ANY($1) OR r.id = ANY($2)",
    )
    .bind(dates)
    .bind(ids)
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(report).collect()
}

/// Adds who held these meetings and who took part.
pub async fn add_lists(
    transaction: &mut Transaction<'_, Postgres>,
    reports: &mut [ReportedMeeting],
) -> Result<(), Error> {
    if reports.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = reports.iter().map(|report| report.id).collect();
    let mut organizers = organizers(transaction, &ids).await?;
    let mut participants = participants(transaction, &ids).await?;
    for report in reports {
        report.organizers = organizers.remove(&report.id).unwrap_or_default();
        report.participants = participants.remove(&report.id).unwrap_or_default();
    }
    Ok(())
}

fn report(row: ReportRow) -> Result<(ReportedMeeting, Option<Uuid>), Error> {
    let report = MeetingReport {
        title: row.title,
        kind: row.kind.parse()?,
        date: row.date,
        part_of_day: word(row.part_of_day.as_deref())?,
        mode: word(row.mode.as_deref())?,
        level: word(row.level.as_deref())?,
        venue: row.venue,
        province: row.province_id.and_then(ProvinceId::from_number),
        review_year: row.review_year,
        plan_year: row.plan_year,
        site_count: count(row.site_count, row.site_count_qualifier.as_deref())?,
        attendee_count: count(row.attendee_count, row.attendee_count_qualifier.as_deref())?,
        organizers: Vec::new(),
        co_organizers: Vec::new(),
        participants: Vec::new(),
        evidence: Vec::new(),
    };
    let (organizers, participants) = (Vec::new(), Vec::new());
    let reported =
        ReportedMeeting { id: row.id, slug: row.slug, ordinal: row.ordinal, report, organizers, participants };
    Ok((reported, row.meeting))
}

type Organizers = HashMap<Uuid, Vec<(OrganizerRole, BodyMention)>>;

async fn organizers(transaction: &mut Transaction<'_, Postgres>, reports: &[Uuid]) -> Result<Organizers, Error> {
    let rows: Vec<(Uuid, String, String, Uuid)> = sqlx::query_as(
        "SELECT report_id, role, name, organization_id FROM report_organizers
         WHERE report_id = ANY($1) AND organization_id IS NOT NULL ORDER BY report_id, role DESC, ordinal",
    )
    .bind(reports)
    .fetch_all(&mut **transaction)
    .await?;
    let mut all = Organizers::new();
    for (report, role, name, id) in rows {
        all.entry(report).or_default().push((role.parse()?, BodyMention { name, id }));
    }
    Ok(all)
}

#[derive(FromRow)]
struct ParticipantRow {
    id: Uuid,
    report_id: Uuid,
    ordinal: i32,
    kind: String,
    name: String,
    name_key: String,
    roles: Vec<String>,
    site_name: Option<String>,
    site_province_id: Option<i16>,
    person_id: Option<Uuid>,
    titles: Vec<String>,
    bodies: Vec<Option<String>>,
    organizations: Vec<Option<Uuid>>,
}

async fn participants(
    transaction: &mut Transaction<'_, Postgres>,
    reports: &[Uuid],
) -> Result<HashMap<Uuid, Vec<ReportedParticipant>>, Error> {
    let rows: Vec<ParticipantRow> = sqlx::query_as(
        "SELECT p.id, p.report_id, f.ordinal, p.kind, p.name, p.name_key, p.roles, p.site_name, p.site_province_id,
             t.person_id,
             ARRAY(SELECT title FROM report_positions o WHERE o.participant_report_id = p.id ORDER BY o.ordinal) AS titles,
             ARRAY(SELECT organization_name FROM report_positions o WHERE o.participant_report_id = p.id
                 ORDER BY o.ordinal) AS bodies,
             ARRAY(SELECT organization_id FROM report_positions o WHERE o.participant_report_id = p.id
                 ORDER BY o.ordinal) AS organizations
         FROM participant_reports p
         JOIN facts f ON f.id = p.id
         LEFT JOIN participants t ON t.id = p.participant_id
         WHERE p.report_id = ANY($1) ORDER BY f.ordinal",
    )
    .bind(reports)
    .fetch_all(&mut **transaction)
    .await?;
    let mut all: HashMap<Uuid, Vec<ReportedParticipant>> = HashMap::new();
    for row in rows {
        let positions = row.titles.into_iter().zip(row.bodies);
        let report = ParticipantReport {
            kind: row.kind.parse()?,
            name: row.name,
            roles: words(&row.roles)?,
            positions: positions.map(|(title, organization)| Position { title, organization }).collect(),
            site: site(row.site_name, row.site_province_id),
            evidence: Vec::new(),
        };
        all.entry(row.report_id).or_default().push(ReportedParticipant {
            id: row.id,
            ordinal: row.ordinal,
            key: row.name_key,
            report,
            organizations: row.organizations,
            person: row.person_id,
        });
    }
    Ok(all)
}

#[derive(FromRow)]
struct AwardRow {
    id: Uuid,
    slug: String,
    ordinal: i32,
    report_id: Option<Uuid>,
    name: String,
    granted_by_name: Option<String>,
    granted_by_id: Option<Uuid>,
    collective_count: Option<i32>,
    individual_count: Option<i32>,
    work_count: Option<i32>,
    year: Option<i16>,
    recipients: Vec<String>,
}

/// The award reports that belong to these meeting reports, and those of `documents` that belong to none.
pub async fn award_reports(
    transaction: &mut Transaction<'_, Postgres>,
    meeting_reports: &[Uuid],
    documents: &[Uuid],
) -> Result<Vec<ReportedAward>, Error> {
    if meeting_reports.is_empty() && documents.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<AwardRow> = sqlx::query_as(
        "SELECT a.id, d.slug, f.ordinal, a.report_id, a.name, a.granted_by_name, a.granted_by_id, a.collective_count,
             a.individual_count, a.work_count, a.year,
             ARRAY(SELECT name FROM award_report_recipients c WHERE c.award_report_id = a.id ORDER BY c.ordinal)
                 AS recipients
         FROM award_reports a JOIN facts f ON f.id = a.id JOIN documents d ON d.id = f.document_id
         WHERE a.report_id = ANY($1) OR (f.document_id = ANY($2) AND a.report_id IS NULL)",
    )
    .bind(meeting_reports)
    .bind(documents)
    .fetch_all(&mut **transaction)
    .await?;
    let award = |row: AwardRow| ReportedAward {
        id: row.id,
        slug: row.slug,
        ordinal: row.ordinal,
        report: AwardReport {
            name: row.name,
            granted_by: row.granted_by_name,
            collective_count: row.collective_count,
            individual_count: row.individual_count,
            work_count: row.work_count,
            year: row.year,
            recipients: row.recipients,
            meeting: None,
            evidence: Vec::new(),
        },
        meeting_report: row.report_id,
        granted_by: row.granted_by_id,
    };
    Ok(rows.into_iter().map(award).collect())
}

/// How these organizations are spelled at present.
pub async fn organization_names(
    transaction: &mut Transaction<'_, Postgres>,
    ids: &[Uuid],
) -> Result<HashMap<Uuid, String>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String)> = sqlx::query_as("SELECT id, name FROM organizations WHERE id = ANY($1)")
        .bind(ids)
        .fetch_all(&mut **transaction)
        .await?;
    Ok(rows.into_iter().collect())
}

/// The name's key of each of these organizations, and every spelling in any document with how often it stands there.
pub async fn spellings(
    transaction: &mut Transaction<'_, Postgres>,
    organizations: &[Uuid],
) -> Result<HashMap<Uuid, (String, Vec<(String, i64)>)>, Error> {
    if organizations.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(Uuid, String, String, i64)> = sqlx::query_as(
        "SELECT o.id, o.name_key, spelled.name, count(*) FROM (
             SELECT organization_id, name FROM report_organizers WHERE organization_id = ANY($1)
             UNION ALL SELECT organization_id, organization_name FROM report_positions WHERE organization_id = ANY($1)
             UNION ALL SELECT granted_by_id, granted_by_name FROM award_reports WHERE granted_by_id = ANY($1)
             UNION ALL SELECT issued_by_id, issued_by_name FROM directives WHERE issued_by_id = ANY($1)
         ) AS spelled (id, name) JOIN organizations o ON o.id = spelled.id
         WHERE spelled.name IS NOT NULL GROUP BY o.id, spelled.name",
    )
    .bind(organizations)
    .fetch_all(&mut **transaction)
    .await?;
    let mut all: HashMap<Uuid, (String, Vec<(String, i64)>)> = HashMap::new();
    for (id, key, name, count) in rows {
        all.entry(id).or_insert_with(|| (key, Vec::new())).1.push((name, count));
    }
    Ok(all)
}
