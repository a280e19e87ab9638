//! People.

use chrono::NaiveDate;
use sqlx::Error;
use uuid::Uuid;

use super::{
    Column, Entity, Fields, FromFields, Group, GroupKey, GroupKind, Key, Kind, List, PARTICIPANT, PositionRow,
    Relation, TASK, Table, ask::updated,
};

/// A person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// Their id.
    pub id: Uuid,
    /// Their name.
    pub name: String,
}

/// The meetings of a person with the bodies they were there for: keys of both kinds belong together at one meeting.
const ATTENDED: &str = " LEFT JOIN (participants #p JOIN meetings #m ON #m.id = #p.meeting_id LEFT JOIN \
    participant_positions #h ON #h.participant_id = #p.id AND #h.organization_id IS NOT NULL) ON #p.person_id = #.id";

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
        updated!("PERSON"),
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
    groups: &[
        GroupKey::new(
            "organization",
            GroupKind::Organization,
            "#h.organization_id",
            "A body (cơ quan) that they \
             held a position in; who did in several counts for each.",
        )
        .each(ATTENDED),
        GroupKey::new(
            "province",
            GroupKind::Province,
            "#m.province_id",
            "The province (tỉnh, thành phố) of a meeting they \
             took part in; who did in several counts for each. Together with a body: those of one meeting.",
        )
        .each(ATTENDED),
    ],
    sums: &[],
};

impl Entity for PersonRow {
    const TABLE: &'static Table = &PERSON;
    const COLUMNS: &'static str = "n.id, n.name";
    const ID: &'static str = "n.id";
    fn id(&self) -> Uuid {
        self.id
    }
}

impl FromFields for PersonRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self { id: row.try_get("id")?, name: row.try_get("name")? })
    }
}

/// All people, by name.
pub const PEOPLE: List<PersonRow> = List::all("people", &[Key::Text("n.name_key"), Key::Id("n.id")]);

/// A position that a person is seen in, at one meeting or several.
#[derive(Clone, Debug)]
pub struct PersonPositionRow {
    /// The title in its most frequent spelling, and the body in it.
    pub position: PositionRow,
    /// The first day of the earliest meeting, of those with a day.
    pub first_seen: Option<NaiveDate>,
    /// The first day of the latest meeting, of those with a day.
    pub last_seen: Option<NaiveDate>,
    /// The participants they are in it, the latest meeting first.
    pub participations: Vec<Uuid>,
}

impl FromFields for PersonPositionRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            position: PositionRow::from_fields(row)?,
            first_seen: row.try_get("first_seen")?,
            last_seen: row.try_get("last_seen")?,
            participations: row.try_get("participations")?,
        })
    }
}

/// The positions of a person, the first seen first, undated last. Spellings that fold alike are one title.
pub const POSITIONS_OF_PERSON: Group<PersonPositionRow> = Group::new(
    "WITH held AS ( \
         SELECT DISTINCT ON (p.person_id, h.title_folded, h.organization_id, p.id) \
             p.person_id AS parent, h.title_folded, h.organization_id, p.id AS participant, h.title, m.date \
         FROM participants p JOIN participant_positions h ON h.participant_id = p.id \
             JOIN meetings m ON m.id = p.meeting_id \
         WHERE p.person_id = ANY($1) \
         ORDER BY p.person_id, h.title_folded, h.organization_id, p.id, h.ordinal), \
     seen AS ( \
         SELECT parent, title_folded, organization_id, mode() WITHIN GROUP (ORDER BY title COLLATE \"C\") AS title, \
             min(date) AS first_seen, max(date) AS last_seen, \
             array_agg(participant ORDER BY date DESC NULLS LAST, participant DESC) AS participations \
         FROM held GROUP BY 1, 2, 3) \
     SELECT * FROM seen ORDER BY parent, first_seen NULLS LAST, last_seen, title_folded, organization_id",
)
.giving("title, organization_id, first_seen, last_seen, participations");

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

impl FromFields for PersonNameRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
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
)
.giving("name, count, documents");
