//! Awards.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Key, List, RuleTest, Test};

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

/// What awards can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct AwardFilter {
    /// The year of the merit.
    pub year: Test<i32>,
    /// By which rules they are known.
    pub rules: RuleTest,
}

impl Filter for AwardFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.rules.push(sql, "SELECT FROM award_reports x JOIN evidence e ON e.fact_id = x.id WHERE x.award_id = a.id");
        self.year.push(sql, "a.year");
    }
}

impl Entity for AwardRow {
    type Filter = AwardFilter;
    const COLUMNS: &'static str = "a.id, a.name, a.granted_by_id, a.collective_count, a.individual_count, \
        a.work_count, a.year, a.meeting_id, \
        ARRAY(SELECT ar.name FROM award_recipients ar WHERE ar.award_id = a.id ORDER BY ar.ordinal) AS recipients";
    const FROM: &'static str = "awards a";
    const ID: &'static str = "a.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromRow<'_, PgRow> for AwardRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
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
pub const AWARDS: List<AwardRow> = List {
    name: "awards",
    from: AwardRow::FROM,
    parent: None,
    key: &[Key::Id("a.id")],
    descending: false,
    rows: PhantomData,
};

/// The awards given at a meeting, by id.
pub const AWARDS_AT_MEETING: List<AwardRow> = List {
    name: "meeting.awards",
    from: AwardRow::FROM,
    parent: Some("a.meeting_id"),
    key: &[Key::Id("a.id")],
    descending: false,
    rows: PhantomData,
};

/// The awards a document reports, in its order; one it reports twice stands where it does so first.
pub const AWARDS_IN_DOCUMENT: List<AwardRow> = List {
    name: "document.awards",
    from: "(SELECT f.document_id, r.award_id, min(f.ordinal) AS ordinal \
           FROM facts f JOIN award_reports r ON r.id = f.id WHERE f.kind = 'AWARD_REPORT' GROUP BY 1, 2) AS first \
           JOIN awards a ON a.id = first.award_id",
    parent: Some("first.document_id"),
    key: &[Key::Int("first.ordinal")],
    descending: false,
    rows: PhantomData,
};
