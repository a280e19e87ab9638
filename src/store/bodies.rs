//! Where documents name bodies, and which body each name is taken for.

use sqlx::{FromRow, Postgres, Transaction};
use uuid::Uuid;

use super::Error;
use super::row::word;
use crate::domain::{MeetingLevel, ProvinceId};

/// One place where a document names a body.
#[derive(Clone, Debug)]
pub struct BodyPlace {
    /// What kind of row it is in: a number that only this file knows.
    table: i32,
    /// The row's owner (a fact's id).
    owner: Uuid,
    /// Which of the owner's rows: for organizers with their role.
    role: String,
    ordinal: i32,
    /// The document.
    pub slug: String,
    /// As worded.
    pub name: String,
    /// What it is taken for.
    pub organization: Uuid,
    /// The level of the meeting it is named for, if it is for one.
    pub level: Option<MeetingLevel>,
    /// The province of that meeting.
    pub province: Option<ProvinceId>,
    /// The connected site that somebody with an office in it took part from.
    pub site: Option<String>,
    /// That site's province.
    pub site_province: Option<ProvinceId>,
}

#[derive(FromRow)]
struct PlaceRow {
    of_table: i32,
    owner: Uuid,
    role: String,
    ordinal: i32,
    slug: String,
    name: String,
    organization_id: Uuid,
    level: Option<String>,
    province_id: Option<i16>,
    site_name: Option<String>,
    site_province_id: Option<i16>,
}

impl PlaceRow {
    fn place(self) -> Result<BodyPlace, Error> {
        Ok(BodyPlace {
            table: self.of_table,
            owner: self.owner,
            role: self.role,
            ordinal: self.ordinal,
            slug: self.slug,
            name: self.name,
            organization: self.organization_id,
            level: word(self.level.as_deref())?,
            province: self.province_id.and_then(ProvinceId::from_number),
            site: self.site_name,
            site_province: self.site_province_id.and_then(ProvinceId::from_number),
        })
    }
}

/// All places where bodies are named that have a name with one of these keys.
pub async fn body_places(
    transaction: &mut Transaction<'_, Postgres>,
    keys: &[String],
) -> Result<Vec<BodyPlace>, Error> {
    let rows: Vec<PlaceRow> = sqlx::query_as(
        "WITH meant AS (SELECT id FROM organizations WHERE name_key = ANY($1)),
         places (of_table, owner, fact, role, ordinal, name, organization_id, report_id, site_name, site_province_id) AS (
             SELECT 1, report_id, report_id, role, ordinal, name, organization_id, report_id, NULL, NULL::smallint
             FROM report_organizers
             UNION ALL
             SELECT 2, o.participant_report_id, p.id, '', o.ordinal, o.organization_name, o.organization_id, p.report_id,
                 p.site_name, p.site_province_id
             FROM report_positions o JOIN participant_reports p ON p.id = o.participant_report_id
             UNION ALL
             SELECT 3, id, id, '', 0, granted_by_name, granted_by_id, report_id, NULL, NULL FROM award_reports
             UNION ALL
             SELECT 4, id, id, '', 0, issued_by_name, issued_by_id, NULL, NULL, NULL FROM directives
         )
         SELECT p.*, d.slug, r.level, r.province_id FROM places p JOIN meant ON meant.id = p.organization_id
             JOIN facts f ON f.id = p.fact JOIN documents d ON d.id = f.document_id
             LEFT JOIN meeting_reports r ON r.id = p.report_id
         WHERE p.name IS NOT NULL ORDER BY d.slug, p.of_table, p.owner, p.role, p.ordinal",
    )
    .bind(keys)
    .fetch_all(&mut **transaction)
    .await?;
    rows.into_iter().map(PlaceRow::place).collect()
}

/// Takes each of these places for another body.
pub async fn move_bodies(
    transaction: &mut Transaction<'_, Postgres>,
    moves: &[(BodyPlace, Uuid)],
) -> Result<(), Error> {
    for (table, update) in [
        (
            1,
            "UPDATE report_organizers o SET organization_id = new.target
             FROM UNNEST($1::uuid[], $2::text[], $3::int[], $4::uuid[]) AS new (owner, role, ordinal, target)
             WHERE o.report_id = new.owner AND o.role = new.role AND o.ordinal = new.ordinal",
        ),
        (
            2,
            "UPDATE report_positions o SET organization_id = new.target
             FROM UNNEST($1::uuid[], $2::text[], $3::int[], $4::uuid[]) AS new (owner, role, ordinal, target)
             WHERE o.participant_report_id = new.owner AND o.ordinal = new.ordinal",
        ),
        (
            3,
            "UPDATE award_reports o SET granted_by_id = new.target
             FROM UNNEST($1::uuid[], $2::text[], $3::int[], $4::uuid[]) AS new (owner, role, ordinal, target)
             WHERE o.id = new.owner",
        ),
        (
            4,
            "UPDATE directives o SET issued_by_id = new.target
             FROM UNNEST($1::uuid[], $2::text[], $3::int[], $4::uuid[]) AS new (owner, role, ordinal, target)
             WHERE o.id = new.owner",
        ),
    ] {
        let here: Vec<&(BodyPlace, Uuid)> = moves.iter().filter(|(place, _)| place.table == table).collect();
        if !here.is_empty() {
            sqlx::query(update)
                .bind(here.iter().map(|(place, _)| place.owner).collect::<Vec<_>>())
                .bind(here.iter().map(|(place, _)| place.role.as_str()).collect::<Vec<_>>())
                .bind(here.iter().map(|(place, _)| place.ordinal).collect::<Vec<_>>())
                .bind(here.iter().map(|(_, target)| *target).collect::<Vec<_>>())
                .execute(&mut **transaction)
                .await?;
        }
    }
    Ok(())
}
