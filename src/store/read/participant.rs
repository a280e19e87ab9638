//! Participants, reports of participants, and the positions of both.

use sqlx::Error;
use uuid::Uuid;

use super::{
    Column, DOCUMENT, Entity, Fields, FromFields, Group, GroupKey, GroupKind, Key, Kind, List, MEETING, ORGANIZATION,
    PERSON, Relation, SITE, SiteRow, Table, Vocabulary,
    ask::updated,
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

/// The meeting of a participant.
const MEETING_OF: &str = " JOIN meetings #m ON #m.id = #.meeting_id";

/// What can be asked of participants.
pub static PARTICIPANT: Table = Table {
    name: "Participant",
    things: "participants (đại biểu)",
    alias: "p",
    from: "participants #",
    columns: &[
        Column::id("#.id"),
        Column::new("kind", Kind::Word(Vocabulary::ParticipantKind), "#.kind", "Named person or delegation.")
            .required(),
        Column::new(
            "name",
            Kind::Text,
            "#.name",
            "The name as at this meeting (họ tên), or the delegation (đoàn) as worded; all of one person's names are \
             asked for by `person`.",
        )
        .folded("#.name_folded")
        .required()
        .order(),
        Column::new("roles", Kind::Roles, "#.roles", "What they did (vai trò).").required(),
        Column::new(
            "meeting_date",
            Kind::Day,
            "nullif(#.day, '-infinity')",
            "The first day of the meeting (ngày họp).",
        )
        .order_only(),
        Column::confidence(
            "SELECT FROM participant_reports x JOIN evidence e ON e.fact_id = x.id WHERE x.participant_id = #.id",
        ),
        updated!("PARTICIPANT"),
    ],
    relations: &[
        Relation::one("meeting", &MEETING, "#.id = ^.meeting_id", "The meeting (hội nghị)."),
        Relation::one("person", &PERSON, "#.id = ^.person_id", "The person (cá nhân), unless a delegation."),
        Relation::many(
            "positions",
            &POSITION,
            "#.participant_id = ^.id",
            "Positions (chức vụ) as held at this meeting.",
        ),
        Relation::many(
            "organizations",
            &ORGANIZATION,
            "#x.participant_id = ^.id",
            "The bodies (cơ quan) in these positions.",
        )
        .through("organizations # JOIN participant_positions #x ON #x.organization_id = #.id"),
        Relation::one(
            "site",
            &SITE,
            "#.name IS NOT NULL",
            "The connected site (điểm cầu) where they took part; there is none at the main \
             site.",
        )
        .through("(VALUES (^.site_name, ^.site_province_id)) AS # (name, province_id)"),
        Relation::many(
            "documents",
            &DOCUMENT,
            "#r.participant_id = ^.id",
            "The documents (tài liệu) that name them at it.",
        )
        .through("documents # JOIN facts #f ON #f.document_id = #.id JOIN participant_reports #r ON #r.id = #f.id"),
    ],
    groups: &[
        GroupKey::new(
            "role",
            GroupKind::Role,
            "#g.role",
            "What they did (vai trò); who has several roles counts \
             for each.",
        )
        .each(" LEFT JOIN LATERAL unnest(#.roles) AS #g (role) ON true"),
        GroupKey::new("kind", GroupKind::Word(Vocabulary::ParticipantKind), "#.kind", "Named person or delegation."),
        GroupKey::new(
            "year",
            GroupKind::Number,
            "extract(year FROM #m.date)::bigint",
            "The year of the meeting (năm họp).",
        )
        .join(MEETING_OF),
        GroupKey::new(
            "month",
            GroupKind::Number,
            "extract(month FROM #m.date)::bigint",
            "The month of the meeting (tháng họp), from 1 to 12.",
        )
        .join(MEETING_OF),
        GroupKey::new("province", GroupKind::Province, "#m.province_id", "The meeting's province (tỉnh, thành phố).")
            .join(MEETING_OF),
        GroupKey::new(
            "site_province",
            GroupKind::Province,
            "#.site_province_id",
            "The province (tỉnh, thành phố) of the \
             connected site where they took part.",
        ),
        GroupKey::new("person", GroupKind::Person, "#.person_id", "The person (cá nhân); delegations have none."),
        GroupKey::new(
            "organization",
            GroupKind::Organization,
            "#h.organization_id",
            "The body (cơ quan) in their \
             position; who holds positions in several counts for each.",
        )
        .each(" LEFT JOIN participant_positions #h ON #h.participant_id = #.id"),
    ],
    sums: &[],
};

/// What can be asked of the positions that participants hold.
pub static POSITION: Table = Table {
    name: "Position",
    things: "positions (chức vụ)",
    alias: "h",
    from: "participant_positions #",
    columns: &[Column::new("title", Kind::Text, "#.title", "The whole title (chức danh), abbreviations written out.")
        .folded("#.title_folded")
        .required()],
    relations: &[
        Relation::one(
            "organization",
            &ORGANIZATION,
            "#.id = ^.organization_id",
            "The body (cơ quan) in it, where the title names one.",
        ),
        Relation::one(
            "participant",
            &PARTICIPANT,
            "#.id = ^.participant_id",
            "Who holds it, at one meeting (đại biểu).",
        ),
    ],
    groups: &[],
    sums: &[],
};

impl Entity for ParticipantRow {
    const TABLE: &'static Table = &PARTICIPANT;
    const COLUMNS: &'static str =
        "p.id, p.meeting_id, p.kind, p.name, p.person_id, p.roles, p.site_name, p.site_province_id";
    const ID: &'static str = "p.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

fn site(row: &Fields<'_>) -> Result<Option<SiteRow>, Error> {
    let name: Option<String> = row.try_get("site_name")?;
    let province = province(row, "site_province_id")?;
    Ok(name.map(|name| SiteRow { name, province }))
}

impl FromFields for ParticipantRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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
pub const PARTICIPANTS: List<ParticipantRow> = List::all("participants", &[Key::Id("p.id")]);

/// A meeting's participants: people before delegations, chairs first, then as reported.
pub const PARTICIPANTS_AT_MEETING: List<ParticipantRow> = List::all("meeting.participants", &[Key::Int("p.ordinal")])
    .moving("SELECT x.ordinal FROM participants x WHERE x.id =")
    .below("p.meeting_id");

/// A person's participations, latest meeting first.
pub const PARTICIPATIONS_OF_PERSON: List<ParticipantRow> =
    List::all("person.participations", &[Key::Date("p.day"), Key::Id("p.id")]).below("p.person_id").descending();

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

impl FromFields for ParticipantReportRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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
    pub organization: Option<Uuid>,
}

impl FromFields for PositionRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { title: row.try_get("title")?, organization: row.try_get("organization_id")? })
    }
}

macro_rules! positions {
    ($table:literal, $parent:literal) => {
        Group::new(concat!(
            "SELECT x.",
            $parent,
            " AS parent, x.title, x.organization_id FROM ",
            $table,
            " x WHERE x.",
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
