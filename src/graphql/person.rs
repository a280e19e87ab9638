//! People.

use async_graphql::{ID, Object};

use super::{
    connection::{Listed, paged},
    filters::PersonFilter,
    ids::Kind,
    loaders::OverRow,
    participant::ParticipationsOfPerson,
};
use crate::store::read::{PEOPLE, PersonRow};

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
    PersonList.people: Person = PEOPLE, filter: PersonFilter
}

/// A person (cá nhân): one, however many documents name them.
#[Object]
impl Person {
    /// The global id: derived from the name and where they hold office (a province, else the country), so that it stays
    /// when a namesake of elsewhere is loaded.
    pub(super) async fn id(&self) -> ID {
        Kind::Person.global(self.0.id)
    }

    /// The name (họ tên), without titles, ranks or forms of address.
    async fn name(&self) -> &str {
        &self.0.name
    }

    #[graphql(flatten)]
    fn participations(&self) -> ParticipationsOfPerson {
        ParticipationsOfPerson(Some(self.0.id))
    }
}
