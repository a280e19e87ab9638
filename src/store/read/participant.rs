//! Participants, reports of participants, and the positions of both.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Entity, Filter, Group, Key, List, OrganizationRow, RuleTest, SiteRow, Test,
    row::{province, word, words},
};
use crate::domain::{ParticipantKind, ParticipantRole};

/// A person or delegation at a meeting, put together from all reports.
#[derive(Clone, Debug)]
pub struct ParticipantRow {
    /// Their id.
    pub id: Uuid,
    /// The meeting.
    pub meeting: Uuid,
    /// Named person or delegation.
    pub kind: ParticipantKind,
    /// The name.
    pub name: String,
    /// The person, unless a delegation.
    pub person: Option<Uuid>,
    /// What they did.
    pub roles: Vec<ParticipantRole>,
    /// Where they were connected from.
    pub site: Option<SiteRow>,
}

/// What participants can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ParticipantFilter {
    /// Named person or delegation.
    pub kind: Test<ParticipantKind>,
    /// Who has this role.
    pub role: Option<ParticipantRole>,
    /// Who has at least one of these roles.
    pub any_role: Option<Vec<ParticipantRole>>,
    /// By which rules they are known.
    pub rules: RuleTest,
}

impl Filter for ParticipantFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.rules.push(
            sql,
            "SELECT FROM participant_reports x JOIN evidence e ON e.fact_id = x.id WHERE x.participant_id = p.id",
        );
        self.kind.map(ParticipantKind::as_str).push(sql, "p.kind");
        if let Some(role) = self.role {
            sql.push(" AND p.roles @> ").push_bind(vec![role.as_str()]);
        }
        if let Some(roles) = &self.any_role {
            let words: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
            sql.push(" AND p.roles && ").push_bind(words);
        }
    }
}

impl Entity for ParticipantRow {
    type Filter = ParticipantFilter;
    const COLUMNS: &'static str =
        "p.id, p.meeting_id, p.kind, p.name, p.person_id, p.roles, p.site_name, p.site_province_id";
    const FROM: &'static str = "participants p";
    const ID: &'static str = "p.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

fn site(row: &PgRow) -> Result<Option<SiteRow>, Error> {
    let province = province(row, "site_province_id")?;
    Ok(row.try_get::<Option<String>, _>("site_name")?.map(|name| SiteRow { name, province }))
}

impl FromRow<'_, PgRow> for ParticipantRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            meeting: row.try_get("meeting_id")?,
            kind: word(row, "kind")?,
            name: row.try_get("name")?,
            person: row.try_get("person_id")?,
            roles: words(row, "roles")?,
            site: site(row)?,
        })
    }
}

/// All participants, by id.
pub const PARTICIPANTS: List<ParticipantRow> = List {
    name: "participants",
    from: ParticipantRow::FROM,
    parent: None,
    key: &[Key::Id("p.id")],
    descending: false,
    rows: PhantomData,
};

/// A meeting's participants: people before delegations, chairs first, then as reported.
pub const PARTICIPANTS_AT_MEETING: List<ParticipantRow> = List {
    name: "meeting.participants",
    from: ParticipantRow::FROM,
    parent: Some("p.meeting_id"),
    key: &[Key::Int("p.ordinal")],
    descending: false,
    rows: PhantomData,
};

/// A person's participations, latest meeting first.
pub const PARTICIPATIONS_OF_PERSON: List<ParticipantRow> = List {
    name: "person.participations",
    from: "participants p JOIN meetings m ON m.id = p.meeting_id",
    parent: Some("p.person_id"),
    key: &[Key::Date("coalesce(m.date, '-infinity'::date)"), Key::Id("p.id")],
    descending: true,
    rows: PhantomData,
};

/// One document's account of one participant.
#[derive(Clone, Debug)]
pub struct ParticipantReportRow {
    /// The fact's id.
    pub id: Uuid,
    /// The participant it is about.
    pub participant: Uuid,
    /// Named person or delegation.
    pub kind: ParticipantKind,
    /// The name, or the delegation as worded.
    pub name: String,
    /// What they did.
    pub roles: Vec<ParticipantRole>,
    /// Where they were connected from.
    pub site: Option<SiteRow>,
}

impl FromRow<'_, PgRow> for ParticipantReportRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            participant: row.try_get("participant_id")?,
            kind: word(row, "kind")?,
            name: row.try_get("name")?,
            roles: words(row, "roles")?,
            site: site(row)?,
        })
    }
}

/// The participants a report of a meeting names, in the document's order.
pub const PARTICIPANT_REPORTS: Group<ParticipantReportRow> = Group::new(
    "SELECT p.report_id AS parent, p.id, p.participant_id, p.kind, p.name, p.roles, p.site_name, p.site_province_id \
     FROM participant_reports p JOIN facts f ON f.id = p.id WHERE p.report_id = ANY($1) \
     ORDER BY p.report_id, f.ordinal",
);

/// A title someone holds.
#[derive(Clone, Debug)]
pub struct PositionRow {
    /// The whole title.
    pub title: String,
    /// The body in it.
    pub organization: Option<OrganizationRow>,
}

impl FromRow<'_, PgRow> for PositionRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        let known: Option<Uuid> = row.try_get("id")?;
        let organization = known.map(|_| OrganizationRow::from_row(row)).transpose()?;
        Ok(Self { title: row.try_get("title")?, organization })
    }
}

macro_rules! positions {
    ($table:literal, $parent:literal) => {
        Group::new(concat!(
            "SELECT x.",
            $parent,
            " AS parent, x.title, o.id, o.name, o.province_id FROM ",
            $table,
            " x LEFT JOIN organizations o ON o.id = x.organization_id WHERE x.",
            $parent,
            " = ANY($1) ORDER BY x.",
            $parent,
            ", x.ordinal"
        ))
    };
}

/// A participant's positions as held at the meeting.
pub const POSITIONS: Group<PositionRow> = positions!("participant_positions", "participant_id");
/// A participant's positions as one document has them.
pub const POSITIONS_REPORTED: Group<PositionRow> = positions!("report_positions", "participant_report_id");
