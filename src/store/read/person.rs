//! People.

use std::marker::PhantomData;

use sqlx::{Error, FromRow, Postgres, QueryBuilder, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Entity, Filter, Group, Key, List, Test};
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

/// A spelling of a person's name.
#[derive(Clone, Debug)]
pub struct PersonNameRow {
    /// As spelled.
    pub name: String,
    /// How many facts spell it so.
    pub count: i64,
    /// The documents that do, by slug.
    pub documents: Vec<Uuid>,
}

impl FromRow<'_, PgRow> for PersonNameRow {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { name: row.try_get("name")?, count: row.try_get("count")?, documents: row.try_get("documents")? })
    }
}

/// Every spelling of a person's name, the most frequent first.
pub const NAMES_OF_PERSON: Group<PersonNameRow> = Group::new(
    "WITH named (parent, fact_id, name) AS ( \
         SELECT p.person_id, r.id, r.name FROM participants p JOIN participant_reports r ON r.participant_id = p.id \
         WHERE p.person_id = ANY($1) \
         UNION ALL SELECT assigned_by_id, id, assigned_by_name FROM tasks WHERE assigned_by_id = ANY($1)), \
     found AS ( \
         SELECT n.parent, n.name, d.id, d.slug, count(*) AS count \
         FROM named n JOIN facts f ON f.id = n.fact_id JOIN documents d ON d.id = f.document_id GROUP BY 1, 2, 3, 4) \
     SELECT parent, name, sum(count)::bigint AS count, array_agg(id ORDER BY slug) AS documents \
     FROM found GROUP BY parent, name ORDER BY parent, sum(count) DESC, name COLLATE \"C\"",
);
