//! People.

use async_graphql::{Context, ID, Object, Result};

use super::{
    ahead::{Ahead, Look},
    connection::{Listed, paged, size},
    document::Document,
    ids,
    limits::{PAGE_DEFAULT, list_cost},
    loaders::{OverRow, all_referenced, by_id, rows},
    organization::Organization,
    out::{Out, Outs},
    participant::{Participant, ParticipationsOfPerson},
    scalars::Date,
    times::Times,
};
use crate::domain::NodeKind;
use crate::store::read::{NAMES_OF_PERSON, PEOPLE, POSITIONS_OF_PERSON, PersonNameRow, PersonPositionRow, PersonRow};

/// A person.
pub struct Person(PersonRow);

impl From<PersonRow> for Person {
    fn from(row: PersonRow) -> Self {
        Self(row)
    }
}

impl OverRow for Person {
    type Row = PersonRow;

    fn over(row: PersonRow) -> Self {
        Self(row)
    }
}

impl Listed for Person {
    const CONNECTION: &'static str = "PersonConnection";
    const EDGE: &'static str = "PersonEdge";
}

paged! {
    /// All people (cá nhân), by name.
    PersonList.people: Person = PEOPLE
}

impl Ahead for Person {
    fn ahead(look: &mut Look<'_, '_>) {
        look.rows::<_, ()>("names", NAMES_OF_PERSON);
        look.rows::<_, PersonPosition>("positions", POSITIONS_OF_PERSON);
        ParticipationsOfPerson::ahead(look);
    }
}

/// A person (cá nhân): one, however many documents name them.
#[Object]
impl Person {
    /// The global id: derived from the name and where they hold office (a province, else the country), so that it stays
    /// when a namesake of elsewhere is loaded.
    pub(super) async fn id(&self) -> ID {
        ids::global(NodeKind::Person, self.0.id)
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
    async fn names(&self, ctx: &Context<'_>) -> Result<Outs<PersonName>> {
        rows(ctx, NAMES_OF_PERSON, self.0.id).await
    }

    /// The positions (chức vụ) that documents see them in, each with when, the first seen first. Titles that differ only in
    /// case, marks or the place of a tone are one.
    #[graphql(complexity = "list_cost(child_complexity)")]
    async fn positions(&self, ctx: &Context<'_>) -> Result<Outs<PersonPosition>> {
        rows(ctx, POSITIONS_OF_PERSON, self.0.id).await
    }

    #[graphql(flatten)]
    fn participations(&self) -> ParticipationsOfPerson {
        ParticipationsOfPerson(Some(self.0.id))
    }
}

/// A position of a person.
pub struct PersonPosition(PersonPositionRow);

impl From<PersonPositionRow> for PersonPosition {
    fn from(row: PersonPositionRow) -> Self {
        Self(row)
    }
}

impl Ahead for PersonPosition {
    fn ahead(look: &mut Look<'_, '_>) {
        look.one::<Organization>("organization", "organization_id");
    }
}

/// A position that a person is seen in (chức vụ qua các lần tham dự): at one meeting or several, by documents that may
/// spell it in several ways.
#[Object]
impl PersonPosition {
    /// The whole title in its most frequent spelling (chức danh).
    async fn title(&self) -> &str {
        &self.0.position.title
    }

    /// The body (cơ quan) in it, where the title names one.
    async fn organization(&self, ctx: &Context<'_>) -> Option<Result<Out<Organization>>> {
        by_id(ctx, self.0.position.organization?).await.transpose()
    }

    /// The day of the earliest meeting where they held it (lần đầu ghi nhận), of those whose day is known.
    async fn first_seen(&self) -> Option<Date> {
        self.0.first_seen.map(Date)
    }

    /// The day of the latest meeting where they held it (lần cuối ghi nhận), of those whose day is known.
    async fn last_seen(&self) -> Option<Date> {
        self.0.last_seen.map(Date)
    }

    /// At how many meetings they held it (số hội nghị).
    async fn meeting_count(&self) -> usize {
        self.0.participations.len()
    }

    /// Where they did, and by which evidence (các lần tham dự), the latest meeting first.
    #[graphql(complexity = "crate::graphql::limits::page_cost(first, None, child_complexity)")]
    async fn participations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many: 0 to 100, 20 if this is not given.")] first: Option<i32>,
    ) -> Result<Outs<Participant>> {
        let first = first.map(|first| size(ctx, "first", first)).transpose()?.unwrap_or(PAGE_DEFAULT);
        let ids = self.0.participations.iter().take(first.into());
        all_referenced(ctx, ids).await
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
    async fn documents(&self, ctx: &Context<'_>) -> Result<Outs<Document>> {
        all_referenced(ctx, self.0.documents.iter()).await
    }
}
