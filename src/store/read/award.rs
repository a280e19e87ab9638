//! Awards.

use sqlx::Error;
use uuid::Uuid;

use super::{
    Column, DOCUMENT, Entity, Fields, FromFields, GroupKey, GroupKind, Key, Kind, List, MEETING, ORGANIZATION,
    Relation, Sum, Table, ask::updated,
};

/// One kind of award by one grantor.
#[derive(Clone, Debug)]
pub struct AwardRow {
    /// Its id.
    pub id: Uuid,
    /// `Bằng khen`
    pub name: String,
    /// Who grants it: an organization's id.
    pub granted_by: Option<Uuid>,
    /// tập thể
    pub collective_count: Option<i32>,
    /// cá nhân
    pub individual_count: Option<i32>,
    /// tác phẩm, giải
    pub work_count: Option<i32>,
    /// The year of the merit.
    pub year: Option<i16>,
    /// Those named.
    pub recipients: Vec<String>,
    /// The meeting it was given at.
    pub meeting: Option<Uuid>,
}

/// What can be asked of awards.
pub static AWARD: Table = Table {
    name: "Award",
    things: "awards (khen thưởng)",
    alias: "a",
    from: "awards #",
    columns: &[
        Column::id("#.id"),
        Column::new("name", Kind::Text, "#.name", "What is given (hình thức khen thưởng).")
            .folded("#.name_folded")
            .required()
            .order(),
        Column::new(
            "collective_count",
            Kind::Number,
            "#.collective_count",
            "How many collectives (tập thể) it went to.",
        )
        .order(),
        Column::new(
            "individual_count",
            Kind::Number,
            "#.individual_count",
            "How many individuals (cá nhân) it went to.",
        )
        .order(),
        Column::new("work_count", Kind::Number, "#.work_count", "How many works or prizes (tác phẩm, giải) it is.")
            .order(),
        Column::new("year", Kind::Number, "#.year", "The year of the merit (năm thành tích).").order(),
        Column::new(
            "meeting_date",
            Kind::Day,
            "(SELECT x.date FROM meetings x WHERE x.id = #.meeting_id)",
            "The first day of the meeting it was given at (ngày họp).",
        )
        .order_only(),
        Column::confidence("SELECT FROM award_reports x JOIN evidence e ON e.fact_id = x.id WHERE x.award_id = #.id"),
        updated!("AWARD"),
    ],
    relations: &[
        Relation::one("granted_by", &ORGANIZATION, "#.id = ^.granted_by_id", "Who grants it (cơ quan khen thưởng)."),
        Relation::one("meeting", &MEETING, "#.id = ^.meeting_id", "The meeting (hội nghị) it was given at."),
        Relation::many(
            "recipients",
            &RECIPIENT,
            "#.award_id = ^.id",
            "Recipients that are named (đơn vị, cá nhân được khen thưởng).",
        ),
        Relation::many("documents", &DOCUMENT, "#r.award_id = ^.id", "The documents (tài liệu) that report it.")
            .through("documents # JOIN facts #f ON #f.document_id = #.id JOIN award_reports #r ON #r.id = #f.id"),
    ],
    groups: &[
        GroupKey::new("year", GroupKind::Number, "#.year::bigint", "The year of the merit (năm thành tích)."),
        GroupKey::new(
            "organization",
            GroupKind::Organization,
            "#.granted_by_id",
            "Who grants it (cơ quan khen thưởng).",
        ),
        GroupKey::new("name", GroupKind::Text, "#.name", "What is given (hình thức khen thưởng), as spelled."),
        GroupKey::new(
            "province",
            GroupKind::Province,
            "#m.province_id",
            "The province (tỉnh, thành phố) of the meeting it was given at.",
        )
        .join(" LEFT JOIN meetings #m ON #m.id = #.meeting_id"),
    ],
    sums: &[
        Sum { name: "collectives", sql: "#.collective_count", doc: "The collectives (tập thể) they went to." },
        Sum { name: "individuals", sql: "#.individual_count", doc: "The individuals (cá nhân) they went to." },
        Sum { name: "works", sql: "#.work_count", doc: "The works or prizes (tác phẩm, giải) they are." },
    ],
};

/// What can be asked of who is named as having got an award.
pub static RECIPIENT: Table = Table {
    name: "Recipient",
    things: "named recipients of awards (đơn vị, cá nhân được khen thưởng)",
    alias: "w",
    from: "award_recipients #",
    columns: &[Column::new("name", Kind::Text, "#.name", "The name as worded (tên).").required()],
    relations: &[],
    groups: &[],
    sums: &[],
};

impl Entity for AwardRow {
    const TABLE: &'static Table = &AWARD;
    const COLUMNS: &'static str = "a.id, a.name, a.granted_by_id, a.collective_count, a.individual_count, \
        a.work_count, a.year, a.meeting_id, \
        ARRAY(SELECT ar.name FROM award_recipients ar WHERE ar.award_id = a.id ORDER BY ar.ordinal) AS recipients";
    const ID: &'static str = "a.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for AwardRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            granted_by: row.try_get("granted_by_id")?,
            collective_count: row.try_get("collective_count")?,
            individual_count: row.try_get("individual_count")?,
            work_count: row.try_get("work_count")?,
            year: row.try_get("year")?,
            recipients: row.try_get("recipients")?,
            meeting: row.try_get("meeting_id")?,
        })
    }
}

/// All awards, by id.
pub const AWARDS: List<AwardRow> = List::all("awards", &[Key::Id("a.id")]);

/// The awards given at a meeting, by id.
pub const AWARDS_AT_MEETING: List<AwardRow> = List::all("meeting.awards", &[Key::Id("a.id")]).below("a.meeting_id");

/// The awards a document reports, in its order; one it reports twice stands where it does so first.
pub const AWARDS_IN_DOCUMENT: List<AwardRow> =
    List::all("document.awards", &[Key::Int("first.ordinal")]).below("first.document_id").from(
        "(SELECT f.document_id, r.award_id, min(f.ordinal) AS ordinal \
           FROM facts f JOIN award_reports r ON r.id = f.id WHERE f.kind = 'AWARD_REPORT' GROUP BY 1, 2) AS first \
           JOIN awards a ON a.id = first.award_id",
    );
