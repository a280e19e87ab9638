//! Meetings, reports of meetings, and the short lists below both.

use std::marker::PhantomData;

use chrono::NaiveDate;
use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Entity, Filter, Group, Key, List, OrganizationRow, Test,
    row::{count, province, word, word_or_null},
};
use crate::domain::{Count, MeetingKind, MeetingLevel, MeetingMode, PartOfDay, ProvinceId};

/// What is known of a meeting, by one report or by all.
#[derive(Clone, Debug)]
pub struct MeetingFacts {
    /// The full name.
    pub title: String,
    /// What kind of meeting.
    pub kind: MeetingKind,
    /// Its first day.
    pub date: Option<NaiveDate>,
    /// Part of the day.
    pub part_of_day: Option<PartOfDay>,
    /// In person, online or both.
    pub mode: Option<MeetingMode>,
    /// Whose meeting it is.
    pub level: Option<MeetingLevel>,
    /// The place of the main meeting.
    pub venue: Option<String>,
    /// The province of that place or of the body whose meeting it is.
    pub province: Option<ProvinceId>,
    /// The year under review.
    pub review_year: Option<i16>,
    /// The year planned for.
    pub plan_year: Option<i16>,
    /// Connected sites in total.
    pub site_count: Option<Count>,
    /// Attendees in total.
    pub attendee_count: Option<Count>,
}

impl FromRow<'_, PgRow> for MeetingFacts {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            title: row.try_get("title")?,
            kind: word(row, "kind")?,
            date: row.try_get("date")?,
            part_of_day: word_or_null(row, "part_of_day")?,
            mode: word_or_null(row, "mode")?,
            level: word_or_null(row, "level")?,
            venue: row.try_get("venue")?,
            province: province(row, "province_id")?,
            review_year: row.try_get("review_year")?,
            plan_year: row.try_get("plan_year")?,
            site_count: count(row, "site_count", "site_count_qualifier")?,
            attendee_count: count(row, "attendee_count", "attendee_count_qualifier")?,
        })
    }
}

/// An event, put together from all reports of it.
#[derive(Clone, Debug)]
pub struct MeetingRow {
    /// Its id.
    pub id: Uuid,
    /// What is known of it.
    pub facts: MeetingFacts,
}

impl FromRow<'_, PgRow> for MeetingRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, facts: MeetingFacts::from_row(row)? })
    }
}

/// What meetings can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct MeetingFilter {
    /// Its first day.
    pub date: Test<NaiveDate>,
    /// What kind of meeting.
    pub kind: Test<MeetingKind>,
    /// Whose meeting it is.
    pub level: Test<MeetingLevel>,
    /// The year under review.
    pub review_year: Test<i32>,
    /// The year planned for.
    pub plan_year: Test<i32>,
}

impl Filter for MeetingFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.date.push(sql, "m.date");
        self.kind.map(MeetingKind::as_str).push(sql, "m.kind");
        self.level.map(MeetingLevel::as_str).push(sql, "m.level");
        self.review_year.push(sql, "m.review_year");
        self.plan_year.push(sql, "m.plan_year");
    }
}

macro_rules! facts {
    () => {
        "m.title, m.kind, m.date, m.part_of_day, m.mode, m.level, m.venue, m.province_id, m.review_year, m.plan_year, \
         m.site_count, m.site_count_qualifier, m.attendee_count, m.attendee_count_qualifier"
    };
}

impl Entity for MeetingRow {
    type Filter = MeetingFilter;
    const COLUMNS: &'static str = concat!("m.id, ", facts!());
    const FROM: &'static str = "meetings m";
    const ID: &'static str = "m.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

/// All meetings, latest first, undated last.
pub const MEETINGS: List<MeetingRow> = List {
    name: "meetings",
    from: MeetingRow::FROM,
    parent: None,
    key: &[Key::Date("coalesce(m.date, '-infinity'::date)"), Key::Id("m.id")],
    descending: true,
    rows: PhantomData,
};

/// One document's account of one meeting.
#[derive(Clone, Debug)]
pub struct MeetingReportRow {
    /// The fact's id.
    pub id: Uuid,
    /// The document.
    pub document: Uuid,
    /// The event.
    pub meeting: Uuid,
    /// What the document says of it.
    pub facts: MeetingFacts,
}

impl FromRow<'_, PgRow> for MeetingReportRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            document: row.try_get("document_id")?,
            meeting: row.try_get("meeting_id")?,
            facts: MeetingFacts::from_row(row)?,
        })
    }
}

/// A document's reports, in its order.
pub const REPORTS_IN_DOCUMENT: Group<MeetingReportRow> = Group::new(concat!(
    "SELECT f.document_id AS parent, m.id, f.document_id, m.meeting_id, ",
    facts!(),
    " FROM facts f JOIN meeting_reports m ON m.id = f.id \
     WHERE f.document_id = ANY($1) AND f.kind = 'MEETING_REPORT' ORDER BY f.document_id, f.ordinal"
));

/// The reports of a meeting, by the documents' slugs.
pub const REPORTS_OF_MEETING: Group<MeetingReportRow> = Group::new(concat!(
    "SELECT m.meeting_id AS parent, m.id, f.document_id, m.meeting_id, ",
    facts!(),
    " FROM meeting_reports m JOIN facts f ON f.id = m.id JOIN documents d ON d.id = f.document_id \
     WHERE m.meeting_id = ANY($1) ORDER BY m.meeting_id, d.slug, f.ordinal"
));

macro_rules! organizers {
    ($table:literal, $parent:literal, $role:literal) => {
        Group::new(concat!(
            "SELECT x.",
            $parent,
            " AS parent, o.id, o.name, o.province_id FROM ",
            $table,
            " x JOIN organizations o ON o.id = x.organization_id WHERE x.",
            $parent,
            " = ANY($1) AND x.role = '",
            $role,
            "' ORDER BY x.",
            $parent,
            ", x.ordinal"
        ))
    };
}

/// Bodies that hold a meeting.
pub const ORGANIZERS: Group<OrganizationRow> = organizers!("meeting_organizers", "meeting_id", "ORGANIZER");
/// Bodies a meeting is held together with.
pub const CO_ORGANIZERS: Group<OrganizationRow> = organizers!("meeting_organizers", "meeting_id", "CO_ORGANIZER");
/// Bodies that hold it, as one document has it.
pub const ORGANIZERS_REPORTED: Group<OrganizationRow> = organizers!("report_organizers", "report_id", "ORGANIZER");
/// Bodies it is held together with, as one document has it.
pub const CO_ORGANIZERS_REPORTED: Group<OrganizationRow> =
    organizers!("report_organizers", "report_id", "CO_ORGANIZER");

/// A connected site.
#[derive(Clone, Debug)]
pub struct SiteRow {
    /// The place.
    pub name: String,
    /// Its province.
    pub province: Option<ProvinceId>,
}

impl FromRow<'_, PgRow> for SiteRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { name: row.try_get("name")?, province: province(row, "province_id")? })
    }
}

/// The connected sites of a meeting.
pub const SITES: Group<SiteRow> = Group::new(
    "SELECT meeting_id AS parent, name, province_id FROM sites WHERE meeting_id = ANY($1) ORDER BY meeting_id, ordinal",
);
