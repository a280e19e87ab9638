//! People.

use async_graphql::{Context, ID, Object, Result};
use futures_util::future::try_join_all;

use super::{
    connection::{Listed, paged},
    document::Document,
    ids::Kind,
    limits::list_cost,
    loaders::{OverRow, referenced, rows},
    participant::ParticipationsOfPerson,
    times::Times,
};
use crate::domain::NodeKind;
use crate::store::read::{NAMES_OF_PERSON, PEOPLE, PersonNameRow, PersonRow};

/// A person.
pub struct Person(PersonRow);

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self(row)
    }
}

impl OverRow for Person {
    type Row = PersonRow;
}

impl Listed for Person {
    const CONNECTION: &'static str = "PersonConnection";
    const EDGE: &'static str = "PersonEdge";
}

paged! {
    /// All people (cá nhân), by name.
    PersonList.people: Person = PEOPLE
}

/// A person (cá nhân): one, however many documents name them.
#[Object]
impl Person {
    /// The global id: derived from the name and where they hold office (a province, else the country), so that it stays
    /// when a namesake of elsewhere is loaded.
    pub(super) async fn id(&self) -> ID {
        Kind::Person.global(self.0.id)
    }

    #[graphql(flatten)]
    fn times(&self) -> Times {
        Times(NodeKind::Person, self.0.id)
    }

    /// The name (họ tên), without titles, ranks or forms of address.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Every spelling of the name that documents have (các cách viết tên), the most frequent first.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn names(&self, ctx: &Context<'_>) -> Result<Vec<PersonName>> {
        rows(ctx, NAMES_OF_PERSON, self.0.id).await
    }

    #[graphql(flatten)]
    fn participations(&self) -> ParticipationsOfPerson {
        ParticipationsOfPerson(Some(self.0.id))
    }
}

/// A spelling of a name.
pub struct PersonName(PersonNameRow);

impl From<PersonNameRow> for PersonName {
    fn from(row: PersonNameRow) -> Self {
        Self(row)
    }
}

/// One spelling of a person's name (cách viết tên), and where it is found.
#[Object]
impl PersonName {
    /// The name just as spelled there, without titles.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// How often it stands: as a participant of a meeting, or as who sets a task.
    async fn count(&self) -> i64 {
        self.0.count
    }

    /// The documents (tài liệu) that spell it so, by their slugs.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn documents(&self, ctx: &Context<'_>) -> Result<Vec<Document>> {
        try_join_all(self.0.documents.iter().map(|id| referenced(ctx, *id))).await
    }
}
