//! Meetings, reports of meetings, and the short lists below both.

use chrono::NaiveDate;
use sqlx::Error;
use uuid::Uuid;

use super::{
    AWARD, Column, DOCUMENT, Entity, Fields, FromFields, Group, GroupKey, GroupKind, Key, Kind, List, ORGANIZATION,
    OrganizationRow, PARTICIPANT, PROVINCE, Relation, SITE, TASK, Table, Vocabulary,
    ask::updated,
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

impl FromFields for MeetingFacts {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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

impl FromFields for MeetingRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, facts: MeetingFacts::from_fields(row)? })
    }
}

/// What can be asked of meetings.
pub static MEETING: Table = Table {
    name: "Meeting",
    things: "meetings (hội nghị, cuộc họp)",
    alias: "m",
    from: "meetings #",
    columns: &[
        Column::id("#.id"),
        Column::new("title", Kind::Text, "#.title", "The full name (tên gọi).")
            .folded("#.title_folded")
            .required()
            .order(),
        Column::new("kind", Kind::Word(Vocabulary::MeetingKind), "#.kind", "The kind of meeting (loại).").required(),
        Column::new("date", Kind::Day, "#.date", "The first day (ngày họp).").order(),
        Column::new("part_of_day", Kind::Word(Vocabulary::PartOfDay), "#.part_of_day", "The part of the day (buổi)."),
        Column::new("mode", Kind::Word(Vocabulary::MeetingMode), "#.mode", "In person, online or both (hình thức)."),
        Column::new("level", Kind::Word(Vocabulary::MeetingLevel), "#.level", "Whose meeting it is (cấp)."),
        Column::new("venue", Kind::Text, "#.venue", "The place named for the main meeting (địa điểm, điểm cầu chính)."),
        Column::new("review_year", Kind::Number, "#.review_year", "The year under review (năm tổng kết).").order(),
        Column::new("plan_year", Kind::Number, "#.plan_year", "The year planned for (năm triển khai).").order(),
        Column::new("site_count", Kind::Number, "#.site_count", "The number of connected sites (số điểm cầu).").order(),
        Column::new("attendee_count", Kind::Number, "#.attendee_count", "The number of attendees (số đại biểu).")
            .order(),
        Column::confidence(
            "SELECT FROM meeting_reports x JOIN evidence e ON e.fact_id = x.id WHERE x.meeting_id = #.id",
        ),
        updated!("MEETING"),
    ],
    relations: &[
        Relation::one("province", &PROVINCE, "#.id = ^.province_id", "The province (tỉnh, thành phố)."),
        Relation::many(
            "organizers",
            &ORGANIZATION,
            "#x.meeting_id = ^.id AND #x.role = 'ORGANIZER'",
            "Bodies that hold it (đơn vị tổ chức).",
        )
        .through("organizations # JOIN meeting_organizers #x ON #x.organization_id = #.id"),
        Relation::many(
            "co_organizers",
            &ORGANIZATION,
            "#x.meeting_id = ^.id AND #x.role = 'CO_ORGANIZER'",
            "Bodies it is held together with (đơn vị phối hợp).",
        )
        .through("organizations # JOIN meeting_organizers #x ON #x.organization_id = #.id"),
        Relation::many(
            "sites",
            &SITE,
            "#.meeting_id = ^.id",
            "Connected sites (điểm cầu) that participants are reported from.",
        ),
        Relation::many("participants", &PARTICIPANT, "#.meeting_id = ^.id", "Who took part (thành phần tham dự)."),
        Relation::many("tasks", &TASK, "#r.meeting_id = ^.id", "The tasks (nhiệm vụ) set at it."),
        Relation::many("awards", &AWARD, "#.meeting_id = ^.id", "The awards (khen thưởng) given at it."),
        Relation::many("documents", &DOCUMENT, "#r.meeting_id = ^.id", "The documents (tài liệu) that report it.")
            .through("documents # JOIN facts #f ON #f.document_id = #.id JOIN meeting_reports #r ON #r.id = #f.id"),
    ],
    groups: &[
        GroupKey::new(
            "year",
            GroupKind::Number,
            "extract(year FROM #.date)::bigint",
            "The year of its first day (năm họp).",
        ),
        GroupKey::new(
            "month",
            GroupKind::Number,
            "extract(month FROM #.date)::bigint",
            "The month of its first day (tháng họp), from 1 to 12.",
        ),
        GroupKey::new(
            "review_year",
            GroupKind::Number,
            "#.review_year::bigint",
            "The year under review (năm tổng kết).",
        ),
        GroupKey::new("province", GroupKind::Province, "#.province_id", "The province (tỉnh, thành phố)."),
        GroupKey::new("level", GroupKind::Word(Vocabulary::MeetingLevel), "#.level", "Whose meeting it is (cấp)."),
        GroupKey::new("kind", GroupKind::Word(Vocabulary::MeetingKind), "#.kind", "The kind of meeting (loại)."),
        GroupKey::new(
            "mode",
            GroupKind::Word(Vocabulary::MeetingMode),
            "#.mode",
            "In person, online or both (hình thức).",
        ),
        GroupKey::new(
            "organizer",
            GroupKind::Organization,
            "#o.organization_id",
            "Who holds it (đơn vị tổ chức); one that several bodies hold counts for each.",
        )
        .each(" LEFT JOIN meeting_organizers #o ON #o.meeting_id = #.id AND #o.role = 'ORGANIZER'"),
    ],
    sums: &[],
};

macro_rules! facts {
    () => {
        "m.title, m.kind, m.date, m.part_of_day, m.mode, m.level, m.venue, m.province_id, m.review_year, m.plan_year, \
         m.site_count, m.site_count_qualifier, m.attendee_count, m.attendee_count_qualifier"
    };
}

impl Entity for MeetingRow {
    const TABLE: &'static Table = &MEETING;
    const COLUMNS: &'static str = concat!("m.id, ", facts!());
    const ID: &'static str = "m.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

/// All meetings, latest first, undated last.
pub const MEETINGS: List<MeetingRow> =
    List::all("meetings", &[Key::Date("coalesce(m.date, '-infinity'::date)"), Key::Id("m.id")]).descending();

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

impl FromFields for MeetingReportRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            document: row.try_get("document_id")?,
            meeting: row.try_get("meeting_id")?,
            facts: MeetingFacts::from_fields(row)?,
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

/// A body's name as one document words it.
#[derive(Clone, Debug)]
pub struct WordingRow {
    /// The name.
    pub name: String,
}

impl FromFields for WordingRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { name: row.try_get("name")? })
    }
}

macro_rules! wordings {
    ($role:literal) => {
        Group::new(concat!(
            "SELECT report_id AS parent, name FROM report_organizers WHERE report_id = ANY($1) AND role = '",
            $role,
            "' ORDER BY report_id, ordinal"
        ))
    };
}

/// How a document calls the bodies that hold a meeting.
pub const ORGANIZER_NAMES: Group<WordingRow> = wordings!("ORGANIZER");
/// How a document calls the bodies it is held together with.
pub const CO_ORGANIZER_NAMES: Group<WordingRow> = wordings!("CO_ORGANIZER");

/// A connected site.
#[derive(Clone, Debug)]
pub struct SiteRow {
    /// The place.
    pub name: String,
    /// Its province.
    pub province: Option<ProvinceId>,
}

impl FromFields for SiteRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { name: row.try_get("name")?, province: province(row, "province_id")? })
    }
}

/// The connected sites of a meeting.
pub const SITES: Group<SiteRow> = Group::new(
    "SELECT meeting_id AS parent, name, province_id FROM sites WHERE meeting_id = ANY($1) ORDER BY meeting_id, ordinal",
);
