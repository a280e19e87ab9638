//! People.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Key, List, Test};
use crate::domain::name_key;

/// A person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// What people can be narrowed by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonFilter {
    /// The name, in any spelling of [`name_key`].
    pub name: Test<String>,
}

impl Filter for PersonFilter {
    fn push(&self, sql: &mut QueryBuilder<Postgres>) {
        self.name.map(|name| name_key(&name)).push(sql, "n.name_key");
    }
}

impl Entity for PersonRow {
    type Filter = PersonFilter;
    const COLUMNS: &'static str = "n.id, n.name";
    const FROM: &'static str = "people n";
    const ID: &'static str = "n.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromRow<'_, PgRow> for PersonRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, name: row.try_get("name")? })
    }
}

/// All people, by name.
pub const PEOPLE: List<PersonRow> = List {
    name: "people",
    from: PersonRow::FROM,
    parent: None,
    key: &[Key::Text("n.name_key"), Key::Id("n.id")],
    descending: false,
    rows: PhantomData,
};
