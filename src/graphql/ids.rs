//! Global ids: the type's name and the row's id. Opaque to clients.

use async_graphql::{Context, ID, Result};
use uuid::Uuid;

use super::error::bad_input;
use crate::domain::NodeKind;

/// Types that have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Document,
    Meeting,
    Participant,
    Person,
    Organization,
    Task,
    Award,
    Directive,
}

impl Kind {
    const ALL: [Self; 8] = [
        Self::Document,
        Self::Meeting,
        Self::Participant,
        Self::Person,
        Self::Organization,
        Self::Task,
        Self::Award,
        Self::Directive,
    ];

    /// The type's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Document => "Document",
            Self::Meeting => "Meeting",
            Self::Participant => "Participant",
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Task => "Task",
            Self::Award => "Award",
            Self::Directive => "Directive",
        }
    }

    /// The global id of this type's `id`.
    pub fn global(self, id: Uuid) -> ID {
        format!("{}:{id}", self.name()).into()
    }
}

impl From<NodeKind> for Kind {
    fn from(kind: NodeKind) -> Self {
        match kind {
            NodeKind::Document => Self::Document,
            NodeKind::Meeting => Self::Meeting,
            NodeKind::Participant => Self::Participant,
            NodeKind::Person => Self::Person,
            NodeKind::Organization => Self::Organization,
            NodeKind::Task => Self::Task,
            NodeKind::Award => Self::Award,
            NodeKind::Directive => Self::Directive,
        }
    }
}

/// What a global id names, if it is one.
pub fn read(id: &str) -> Option<(Kind, Uuid)> {
    let (name, uuid) = id.split_once(':')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    // Only the form that `global` gives: an id has one spelling.
    let parsed = Uuid::parse_str(uuid).ok().filter(|parsed| parsed.to_string() == uuid)?;
    Some((kind, parsed))
}

/// What a global id names; an id that is none is the client's mistake, in the argument at this path.
pub fn parse(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<(Kind, Uuid)> {
    read(id)
        .ok_or_else(|| bad_input(ctx, argument, "not an id; take ids from the `id` fields of this API, as they are"))
}

/// What a global id of this very type names.
pub fn parse_as(ctx: &Context<'_>, kind: Kind, argument: &str, id: &ID) -> Result<Uuid> {
    let (found, uuid) = parse(ctx, argument, id)?;
    if found == kind {
        Ok(uuid)
    } else {
        let message = format!("the id of a {}, not of a {}; `node(id:)` takes any", found.name(), kind.name());
        Err(bad_input(ctx, argument, message))
    }
}
