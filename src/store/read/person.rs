//! People.

use sqlx::{Error, FromRow, Row, postgres::PgRow};
use uuid::Uuid;

use super::{Column, Entity, Group, Key, Kind, List, PARTICIPANT, Relation, TASK, Table};

/// A person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// What can be asked of people.
pub static PERSON: Table = Table {
    name: "Person",
    things: "people (cá nhân)",
    alias: "n",
    from: "people #",
    columns: &[
        Column::id("#.id"),
        Column::new("name", Kind::Name, "#.name_key", "The name (họ tên), without titles.")
            .folded("#.name_folded")
            .required()
            .order(),
    ],
    relations: &[
        Relation::many(
            "participations",
            &PARTICIPANT,
            "#.person_id = ^.id",
            "The meetings they took part in (các lần tham dự), and as what.",
        ),
        Relation::many("assigned_tasks", &TASK, "#.assigned_by_id = ^.id", "The tasks (nhiệm vụ) that they set."),
    ],
};

impl Entity for PersonRow {
    const TABLE: &'static Table = &PERSON;
    const COLUMNS: &'static str = "n.id, n.name";
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
pub const PEOPLE: List<PersonRow> = List::all("people", &[Key::Text("n.name_key"), Key::Id("n.id")]);

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
