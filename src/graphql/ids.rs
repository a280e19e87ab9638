//! Global ids: the type's name and the row's id. Opaque to clients.

use async_graphql::{Context, ID, Result};
use uuid::Uuid;

use super::error::bad_input;
use crate::domain::NodeKind;

/// The name of the type of such nodes.
pub fn type_name(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Document => "Document",
        NodeKind::Meeting => "Meeting",
        NodeKind::Participant => "Participant",
        NodeKind::Person => "Person",
        NodeKind::Organization => "Organization",
        NodeKind::Task => "Task",
        NodeKind::Award => "Award",
        NodeKind::Directive => "Directive",
    }
}

/// The global id of the node of this kind whose row has this id.
pub fn global(kind: NodeKind, id: Uuid) -> ID {
    format!("{}:{id}", type_name(kind)).into()
}

/// What a global id names, if it is one.
pub fn read(id: &str) -> Option<(NodeKind, Uuid)> {
    let (name, uuid) = id.split_once(':')?;
    let kind = NodeKind::ALL.iter().copied().find(|kind| type_name(*kind) == name)?;
    // Only the form that `global` gives: an id has one spelling.
    let parsed = Uuid::parse_str(uuid).ok().filter(|parsed| parsed.to_string() == uuid)?;
    Some((kind, parsed))
}

/// What a global id names; an id that is none is the client's mistake, in the argument at this path.
pub fn parse(ctx: &Context<'_>, argument: &str, id: &ID) -> Result<(NodeKind, Uuid)> {
    read(id)
        .ok_or_else(|| bad_input(ctx, argument, "not an id; take ids from the `id` fields of this API, as they are"))
}

/// What a global id of this very type names.
pub fn parse_as(ctx: &Context<'_>, kind: NodeKind, argument: &str, id: &ID) -> Result<Uuid> {
    let (found, uuid) = parse(ctx, argument, id)?;
    if found == kind {
        Ok(uuid)
    } else {
        let message = format!("the id of a {}, not of a {}; `node(id:)` takes any", type_name(found), type_name(kind));
        Err(bad_input(ctx, argument, message))
    }
}
