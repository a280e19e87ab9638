//! Since when a node is there, and when it last changed; read where it is selected, for all nodes of an answer at once.

use std::collections::HashMap;

use async_graphql::{Context, Object, Result, dataloader::Loader};
use uuid::Uuid;

use super::{
    loaders::{ReadError, Reader, gone, load},
    scalars::DateTime,
};
use crate::{
    domain::NodeKind,
    store::read::{self, NodeTimes},
};

/// A node whose times are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct TimesOf(NodeKind, Uuid);

impl Loader<TimesOf> for Reader {
    type Value = NodeTimes;
    type Error = ReadError;

    async fn load(&self, keys: &[TimesOf]) -> Result<HashMap<TimesOf, NodeTimes>, ReadError> {
        let nodes: Vec<(NodeKind, Uuid)> = keys.iter().map(|key| (key.0, key.1)).collect();
        let found = read::node_times(self.snapshot(), &nodes).await?;
        Ok(found.into_iter().map(|(kind, id, times)| (TimesOf(kind, id), times)).collect())
    }
}

async fn times(ctx: &Context<'_>, kind: NodeKind, id: Uuid) -> Result<NodeTimes> {
    // Whatever is there has been made by a change.
    load(ctx, TimesOf(kind, id)).await?.ok_or_else(|| gone(ctx))
}

/// When this node last changed.
pub(super) async fn changed_at(ctx: &Context<'_>, kind: NodeKind, id: Uuid) -> Result<DateTime> {
    Ok(DateTime(times(ctx, kind, id).await?.changed_at))
}

/// The two fields that every type with a global id has; flattened into it.
pub struct Times(pub NodeKind, pub Uuid);

#[Object]
impl Times {
    /// Since when it is there (thời điểm tạo): when it was first loaded, or loaded again after it was gone.
    async fn created_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        Ok(DateTime(times(ctx, self.0, self.1).await?.made_at))
    }

    /// When it last changed (thời điểm cập nhật): one of its own fields, anything below it (a meeting's participants,
    /// their positions, tasks, awards and reports; what a document says; evidence), or the name of a person or body that
    /// it refers to. Loading the same again changes nothing.
    async fn updated_at(&self, ctx: &Context<'_>) -> Result<DateTime> {
        changed_at(ctx, self.0, self.1).await
    }
}
