//! Organizations.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Key, List, Test, row::province};
use crate::domain::{ProvinceId, written_out_key};

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

/// What organizations can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct OrganizationFilter {
    /// The name, in any spelling and abbreviation of [`written_out_key`].
    pub name: Test<String>,
}

impl Filter for OrganizationFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.name.map(|name| written_out_key(&name)).push(sql, "o.name_key");
    }
}

impl Entity for OrganizationRow {
    type Filter = OrganizationFilter;
    const COLUMNS: &'static str = "o.id, o.name, o.province_id";
    const FROM: &'static str = "organizations o";
    const ID: &'static str = "o.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromRow<'_, PgRow> for OrganizationRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, name: row.try_get("name")?, province: province(row, "province_id")? })
    }
}

/// All organizations, by name.
pub const ORGANIZATIONS: List<OrganizationRow> = List {
    name: "organizations",
    from: OrganizationRow::FROM,
    parent: None,
    key: &[Key::Text("o.name_key"), Key::Id("o.id")],
    descending: false,
    rows: PhantomData,
};
