//! Organizations.

use sqlx::Error;
use uuid::Uuid;

use super::{
    AWARD, Column, DIRECTIVE, Entity, Fields, FromFields, GroupKey, GroupKind, Key, Kind, List, MEETING, POSITION,
    Relation, Table, ask::updated, row::province,
};
use crate::domain::ProvinceId;

/// A body.
#[derive(Clone, Debug)]
pub struct OrganizationRow {
    /// Its id.
    pub id: Uuid,
    /// Its name in full.
    pub name: String,
    /// Its province, where the name alone does not say which body it is.
    pub province: Option<ProvinceId>,
}

/// What can be asked of organizations.
pub static ORGANIZATION: Table = Table {
    name: "Organization",
    things: "organizations (cơ quan, đơn vị)",
    alias: "o",
    from: "organizations #",
    columns: &[
        Column::id("#.id"),
        Column::new(
            "name",
            Kind::BodyName,
            "#.name_key",
            "The name (tên cơ quan); common abbreviations are read as written out (`UBND` is `Ủy ban nhân dân`).",
        )
        .folded("#.name_folded")
        .required()
        .order(),
        updated!("ORGANIZATION"),
    ],
    relations: &[
        Relation::one(
            "province",
            &PROVINCE,
            "#.id = ^.province_id",
            "Its province (tỉnh, thành phố), where the name alone does not say which body it is.",
        ),
        Relation::many(
            "meetings",
            &MEETING,
            "#x.organization_id = ^.id AND #x.role = 'ORGANIZER'",
            "The meetings (hội nghị) it holds.",
        )
        .through("meetings # JOIN meeting_organizers #x ON #x.meeting_id = #.id"),
        Relation::many(
            "co_organized_meetings",
            &MEETING,
            "#x.organization_id = ^.id AND #x.role = 'CO_ORGANIZER'",
            "The meetings (hội nghị) that are held together with it.",
        )
        .through("meetings # JOIN meeting_organizers #x ON #x.meeting_id = #.id"),
        Relation::many(
            "positions",
            &POSITION,
            "#.organization_id = ^.id",
            "The positions (chức vụ) in it that participants hold.",
        ),
        Relation::many("awards", &AWARD, "#.granted_by_id = ^.id", "The awards (khen thưởng) it grants."),
        Relation::many(
            "directives",
            &DIRECTIVE,
            "#.issued_by_id = ^.id",
            "The acts (văn bản chỉ đạo) it issued, as documents cite them.",
        ),
    ],
    groups: &[GroupKey::new(
        "province",
        GroupKind::Province,
        "#.province_id",
        "Its province (tỉnh, thành phố), where the name alone does not say which body it is.",
    )],
    sums: &[],
};

/// What can be asked of provinces.
pub static PROVINCE: Table = Table {
    name: "Province",
    things: "provinces (tỉnh, thành phố trực thuộc trung ương)",
    alias: "v",
    from: "provinces #",
    columns: &[
        Column::new("code", Kind::Code, "#.code", "The official code (mã tỉnh): two digits.").required(),
        Column::new("name", Kind::Text, "#.name", "The name, without `tỉnh` or `thành phố`.").required(),
    ],
    relations: &[],
    groups: &[],
    sums: &[],
};

/// What can be asked of connected sites.
pub static SITE: Table = Table {
    name: "Site",
    things: "connected sites (điểm cầu)",
    alias: "s",
    from: "sites #",
    columns: &[Column::new("name", Kind::Text, "#.name", "The place, without `điểm cầu`.").required()],
    relations: &[Relation::one(
        "province",
        &PROVINCE,
        "#.id = ^.province_id",
        "Its province (tỉnh, thành phố), where the name tells it.",
    )],
    groups: &[],
    sums: &[],
};

impl Entity for OrganizationRow {
    const TABLE: &'static Table = &ORGANIZATION;
    const COLUMNS: &'static str = "o.id, o.name, o.province_id";
    const ID: &'static str = "o.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for OrganizationRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, name: row.try_get("name")?, province: province(row, "province_id")? })
    }
}

/// All organizations, by name.
pub const ORGANIZATIONS: List<OrganizationRow> =
    List::all("organizations", &[Key::Text("o.name_key"), Key::Id("o.id")]);
