//! The root: looking things up, and listing them.

use async_graphql::{Context, ID, Interface, MergedObject, Object, Result};
use futures_util::future::join_all;
use uuid::Uuid;

use super::{
    ahead::{self, Ahead},
    award::{Award, AwardList},
    changes::ChangesField,
    cost::Cost,
    document::{Directive, Document, DocumentList},
    error::bad_input,
    extract::TryOut,
    ids,
    limits::MAX_NODES,
    loaders::{OverRow, by_id, document_id},
    meeting::{Meeting, MeetingList},
    organization::{Organization, OrganizationList},
    out::Out,
    participant::{Participant, ParticipantList},
    person::{Person, PersonList},
    scalars::Text,
    search::SearchField,
    suggest::SuggestField,
    task::{Task, TaskList},
};
use crate::domain::NodeKind;

/// Anything with a global id.
#[derive(Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The global id: opaque, stable for as long as the documents say the same."
))]
pub enum Node {
    Document(Document),
    Meeting(Meeting),
    Participant(Participant),
    Person(Person),
    Organization(Organization),
    Task(Task),
    Award(Award),
    Directive(Directive),
}

async fn find(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<Option<Node>> {
    let (kind, id) = ids::parse(ctx, argument, id)?;
    node(ctx, kind, id).await
}

/// The thing with this id, and what is selected of it.
async fn thing<N: OverRow + Ahead>(ctx: &Context<'_>, id: Uuid) -> Result<Option<Out<N>>> {
    ahead::read_thing::<N>(ctx, id).await;
    by_id(ctx, id).await
}

/// What has this id; `None` if nothing has.
pub(super) async fn node(ctx: &Context<'_>, kind: NodeKind, id: Uuid) -> Result<Option<Node>> {
    Ok(match kind {
        NodeKind::Document => by_id::<Document>(ctx, id).await?.map(Node::from),
        NodeKind::Meeting => by_id::<Meeting>(ctx, id).await?.map(Node::from),
        NodeKind::Participant => by_id::<Participant>(ctx, id).await?.map(Node::from),
        NodeKind::Person => by_id::<Person>(ctx, id).await?.map(Node::from),
        NodeKind::Organization => by_id::<Organization>(ctx, id).await?.map(Node::from),
        NodeKind::Task => by_id::<Task>(ctx, id).await?.map(Node::from),
        NodeKind::Award => by_id::<Award>(ctx, id).await?.map(Node::from),
        NodeKind::Directive => by_id::<Directive>(ctx, id).await?.map(Node::from),
    })
}

/// Where every query begins. What a query asks for by an id or slug that nothing has is null; an id that cannot be one
/// is an error with the code BAD_USER_INPUT.
#[derive(MergedObject)]
pub struct Query(
    LookUp,
    TryOut,
    Cost,
    SearchField,
    SuggestField,
    ChangesField,
    DocumentList,
    MeetingList,
    ParticipantList,
    TaskList,
    AwardList,
    PersonList,
    OrganizationList,
);

impl Default for Query {
    /// Lists of everything, below nothing.
    fn default() -> Self {
        Self(
            LookUp,
            TryOut,
            Cost,
            SearchField,
            SuggestField,
            ChangesField,
            DocumentList(None),
            MeetingList(None),
            ParticipantList(None),
            TaskList(None),
            AwardList(None),
            PersonList(None),
            OrganizationList(None),
        )
    }
}

/// The part of [`Query`] that finds single things.
pub struct LookUp;

#[Object]
impl LookUp {
    /// Whatever has this global id; null if nothing has.
    async fn node(&self, ctx: &Context<'_>, #[graphql(desc = "A global id.")] id: ID) -> Option<Result<Node>> {
        find(ctx, "id", &id).await.transpose()
    }

    /// Whatever has these global ids, in their order, null where nothing has.
    #[graphql(complexity = "1 + ids.len().min(MAX_NODES) * child_complexity")]
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Global ids, 100 at most.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Result<Node>>>> {
        if ids.len() > MAX_NODES {
            let message = format!("`ids` has {} ids; {MAX_NODES} are allowed at once", ids.len());
            return Err(bad_input(ctx, "ids", message));
        }
        let found = ids.iter().enumerate().map(async |(at, id)| find(ctx, &format!("ids.{at}"), id).await.transpose());
        Ok(join_all(found).await)
    }

    /// The document (tài liệu) with this slug; null if there is none.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The file's stem, as in `Document.slug`.")] slug: Text,
    ) -> Option<Result<Out<Document>>> {
        async {
            match document_id(ctx, slug.0).await? {
                Some(id) => thing::<Document>(ctx, id).await,
                None => Ok(None),
            }
        }
        .await
        .transpose()
    }

    /// The meeting (hội nghị, cuộc họp) with this id; null if there is none.
    async fn meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A meeting's global id.")] id: ID,
    ) -> Option<Result<Out<Meeting>>> {
        async { thing::<Meeting>(ctx, ids::parse_as(ctx, NodeKind::Meeting, "id", &id)?).await }.await.transpose()
    }

    /// The person (cá nhân) with this id; null if there is none.
    async fn person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A person's global id.")] id: ID,
    ) -> Option<Result<Out<Person>>> {
        async { thing::<Person>(ctx, ids::parse_as(ctx, NodeKind::Person, "id", &id)?).await }.await.transpose()
    }

    /// The organization (cơ quan, đơn vị) with this id; null if there is none.
    async fn organization(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An organization's global id.")] id: ID,
    ) -> Option<Result<Out<Organization>>> {
        async { thing::<Organization>(ctx, ids::parse_as(ctx, NodeKind::Organization, "id", &id)?).await }
            .await
            .transpose()
    }
}
