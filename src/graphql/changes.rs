//! What has changed since a client last asked: `changes`.
//!
//! A client's place is a *cursor*: how far it has read, and of which state its copy is whole. The log keeps the newest
//! change of each node only, so whether a node is new to a client depends on the latter: one that was made after that.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context, ID, Object, Result,
    connection::{CursorType, OpaqueCursor},
    dataloader::Loader,
};
use uuid::Uuid;

use super::{
    connection::{PageInfo, size},
    enums::{ChangeOperation, NodeType},
    error::bad_input,
    ids,
    limits::{PAGE_DEFAULT, page_cost},
    loaders::{ReadError, Reader, gone, load},
    query::{Node, node},
    scalars::DateTime,
};
use crate::{
    domain::NodeKind,
    store::read::{self, ChangeRow, ChangesAsked, DataVersion, Snapshot},
};

/// How far a client has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Of which database.
    pub database: Uuid,
    /// Every change up to this one has been read.
    pub read: i64,
    /// Its copy was last whole in the state after this one; 0 if it never was.
    pub whole: i64,
    /// The last change when it began to read on from there.
    pub begun: i64,
    /// What it reads of: each bit a kind, in the order of [`NodeKind::ALL`]. A place among some says nothing of others.
    pub kinds: u8,
}

/// As clients get it. The name tells it from cursors of lists.
type Cursor = OpaqueCursor<(String, Uuid, i64, i64, i64, u8)>;
const NAME: &str = "changes";

impl Place {
    /// Everything that `version` has, has been read.
    fn whole(version: DataVersion, kinds: u8) -> Self {
        let DataVersion { database, number } = version;
        Self { database, read: number, whole: number, begun: number, kinds }
    }

    fn cursor(self) -> String {
        let Self { database, read, whole, begun, kinds } = self;
        OpaqueCursor((NAME.to_owned(), database, read, whole, begun, kinds)).encode_cursor()
    }

    fn of_cursor(cursor: &str) -> Option<Self> {
        let OpaqueCursor((name, database, read, whole, begun, kinds)) = Cursor::decode_cursor(cursor).ok()?;
        let is_place = name == NAME && 0 <= whole && whole <= read;
        is_place.then_some(Self { database, read, whole, begun, kinds })
    }

    /// A cursor that a client gives; refused if it is none.
    pub(super) fn parse(ctx: &Context<'_>, cursor: &str) -> Result<Self> {
        let wrong = "`since` is no cursor of changes; take one from `changes { pageInfo { endCursor } }`";
        Self::of_cursor(cursor).ok_or_else(|| bad_input(ctx, "since", wrong))
    }
}

/// Changes behind some place, and the state that was read.
#[derive(Debug)]
pub struct Found {
    version: DataVersion,
    rows: Vec<ChangeRow>,
}

impl Loader<ChangesAsked> for Reader {
    type Value = Arc<Found>;
    type Error = ReadError;

    async fn load(&self, keys: &[ChangesAsked]) -> Result<HashMap<ChangesAsked, Arc<Found>>, ReadError> {
        let version = read::data_version(self.snapshot()).await?;
        let mut found = HashMap::with_capacity(keys.len());
        for asked in keys {
            let rows = read::changes(self.snapshot(), asked).await?;
            found.insert(asked.clone(), Arc::new(Found { version, rows }));
        }
        Ok(found)
    }
}

/// What a client asks for.
pub struct Asked {
    /// Where it stands; `None` for the beginning.
    pub since: Option<Place>,
    /// How many changes at most.
    pub first: Option<i32>,
    /// Of which types; of all if none are named.
    pub types: Option<Vec<NodeType>>,
}

/// The kinds that are meant by these types; all, if none are named.
pub fn kinds(types: Option<&[NodeType]>) -> Vec<NodeKind> {
    let is_asked = |kind: &NodeKind| types.is_none_or(|types| types.contains(&(*kind).into()));
    NodeKind::ALL.iter().copied().filter(is_asked).collect()
}

/// These kinds, as a place has them.
fn bits(kinds: &[NodeKind]) -> u8 {
    let bit = |(i, kind): (usize, &NodeKind)| if kinds.contains(kind) { 1 << i } else { 0 };
    NodeKind::ALL.iter().enumerate().map(bit).sum()
}

/// The place behind all that has changed so far, of these kinds.
pub async fn now(ctx: &Context<'_>, kinds: &[NodeKind]) -> Result<Place> {
    let nothing = ChangesAsked { kinds: Vec::new(), after: 0, without_gone_until: 0, limit: 0 };
    let found = load(ctx, nothing).await?.ok_or_else(|| gone(ctx))?;
    Ok(Place::whole(found.version, bits(kinds)))
}

/// A page of changes, and the place behind it.
pub async fn page(ctx: &Context<'_>, asked: Asked) -> Result<(ChangeConnection, Place)> {
    let limit = asked.first.map_or(Ok(PAGE_DEFAULT), |first| size(ctx, "first", first))?;
    let kinds = kinds(asked.types.as_deref());
    let of = bits(&kinds);
    let since = asked.since;
    if since.is_some_and(|place| place.kinds != of) {
        let message = "`since` is a place among other `types`: keep to the same ones, or read what is new among these \
                       without `since`";
        return Err(bad_input(ctx, "since", message));
    }
    // Whoever has never had anything need not hear of what was gone before he began.
    let without_gone_until = match since {
        None => i64::MAX,
        Some(Place { whole: 0, begun, .. }) => begun,
        Some(_) => 0,
    };
    let after = since.map_or(0, |place| place.read);
    // One more than asked for tells whether there are more.
    let asked = ChangesAsked { kinds, after, without_gone_until, limit: i64::from(limit) + 1 };
    let found = load(ctx, asked).await?.ok_or_else(|| gone(ctx))?;
    let Found { version, rows } = &*found;
    let since =
        since.unwrap_or(Place { database: version.database, read: 0, whole: 0, begun: version.number, kinds: of });
    if since.database != version.database {
        let message =
            "`since` is of another database, in whose place this one is: read everything anew, without `since`";
        return Err(bad_input(ctx, "since", message));
    }
    if since.read > version.number {
        if ctx.data::<Arc<Snapshot>>()?.is_outdated() {
            return Err("this will be read again, from a newer state".into());
        }
        let message = "`since` is of a later state than this database is in, which so must have been restored from an \
                       older copy: read everything anew, without `since`";
        return Err(bad_input(ctx, "since", message));
    }
    // With nothing left to read, reading on begins now.
    let since =
        if since.whole == since.read && since.whole > 0 { Place { begun: version.number, ..since } } else { since };
    let has_next = rows.len() > usize::from(limit);
    let at = |row: &ChangeRow| Place { read: row.number, ..since };
    let changes: Vec<Change> =
        rows.iter().take(limit.into()).map(|row| Change { row: row.clone(), place: at(row) }).collect();
    let end = match changes.last() {
        _ if !has_next => Place::whole(*version, of),
        Some(last) => last.place,
        None => since,
    };
    Ok((ChangeConnection { changes, end, has_next }, end))
}

/// A page of changes.
pub struct ChangeConnection {
    changes: Vec<Change>,
    end: Place,
    has_next: bool,
}

impl ChangeConnection {
    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Whether more changes stand behind these.
    pub fn has_next(&self) -> bool {
        self.has_next
    }
}

/// A page of changes (danh sách thay đổi), in their order. However many times an object has changed, it stands here once.
#[Object]
impl ChangeConnection {
    /// The changes of this page.
    async fn nodes(&self) -> &[Change] {
        &self.changes
    }

    /// Where this page ends: keep `endCursor`, never null here, and give it as `since` next time. Without a next page,
    /// everything has been read that there was when this was answered.
    async fn page_info(&self) -> PageInfo {
        let start = self.changes.first().map(|change| change.place.cursor());
        PageInfo::new(self.has_next, false, start, Some(self.end.cursor()))
    }
}

/// The last change of a node, as seen by whoever stands at a place.
pub struct Change {
    row: ChangeRow,
    place: Place,
}

/// That an object (đối tượng) is new, another, or gone (thay đổi).
#[Object]
impl Change {
    /// This place in the changes: as `since`, for those behind this one.
    async fn cursor(&self) -> String {
        self.place.cursor()
    }

    /// What became of it (thao tác).
    async fn operation(&self) -> ChangeOperation {
        if self.row.is_gone {
            ChangeOperation::Deleted
        } else if self.row.made_by > self.place.whole {
            ChangeOperation::Created
        } else {
            ChangeOperation::Updated
        }
    }

    /// The global id of what changed.
    async fn node_id(&self) -> ID {
        ids::global(self.row.kind, self.row.id)
    }

    /// Its type (loại đối tượng).
    #[graphql(name = "type")]
    async fn node_type(&self) -> NodeType {
        self.row.kind.into()
    }

    /// When it changed (thời điểm).
    async fn changed_at(&self) -> DateTime {
        DateTime(self.row.changed_at)
    }

    /// It, as it is now; null if it is gone.
    async fn node(&self, ctx: &Context<'_>) -> Option<Result<Node>> {
        if self.row.is_gone {
            return None;
        }
        node(ctx, self.row.kind, self.row.id).await.transpose()
    }
}

/// The part of the root that tells what has changed.
#[derive(Default)]
pub struct ChangesField;

#[Object]
impl ChangesField {
    /// What has changed (thay đổi) since a place in the log of changes, in a fixed order. Who keeps the last
    /// `pageInfo.endCursor` and asks again from there has a copy of everything: nothing is missed and nothing told twice,
    /// whatever is loaded meanwhile. Without `since`, everything that is there. An object is told of when one of its
    /// fields changes, anything below it, or the name of a person or body it refers to.
    #[graphql(complexity = "page_cost(first, None, child_complexity)")]
    async fn changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A cursor that `changes` has given; only changes behind it.")] since: Option<String>,
        #[graphql(desc = "How many changes: 0 to 100, 20 if not given.")] first: Option<i32>,
        #[graphql(desc = "Only objects of these types; a cursor goes with the types it was made with.")] types: Option<
            Vec<NodeType>,
        >,
    ) -> Result<ChangeConnection> {
        let since = since.map(|cursor| Place::parse(ctx, &cursor)).transpose()?;
        Ok(page(ctx, Asked { since, first, types }).await?.0)
    }
}
