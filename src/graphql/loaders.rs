//! One DataLoader a request, over the three ways of reading that the store has.

use std::{collections::HashMap, fmt, hash::Hash, marker::PhantomData, sync::Arc};

use async_graphql::{
    Context, Error, Result,
    dataloader::{DataLoader, HashMapCache, Loader},
};
use futures_util::future::{BoxFuture, try_join_all};
use uuid::Uuid;

use super::{
    error::not_read,
    out::{Out, Outs},
    passage::Passages,
    stall::{Batches, NoDelay},
};
use crate::store::read::{
    self, Condition, Entity, FromFields, Group, GroupRows, Grouping, List, Page, PageArgs, Snapshot, by_ids, counts,
    document_ids, pages, rows_of, texts,
};

/// A statement failed. Its reason is for the log, never for the client.
#[derive(Clone, Debug)]
pub struct ReadError(pub Arc<sqlx::Error>);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the database did not answer this part of the query")
    }
}

impl From<sqlx::Error> for ReadError {
    fn from(error: sqlx::Error) -> Self {
        Self(Arc::new(error))
    }
}

/// Reads for the loader, all from one state of the database.
pub struct Reader(Arc<Snapshot>);

impl Reader {
    /// The one state of the database that the request reads.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.0
    }

    /// The same, for who reads on after this is gone.
    pub(super) fn shared_snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.0)
    }
}

/// What resolvers read through; it remembers what it has read until the request ends.
pub type Loaders = DataLoader<Reader, HashMapCache>;

/// Loaders for one request, whose batches `batches` will drive.
pub fn loaders(snapshot: Arc<Snapshot>, batches: Batches) -> Loaders {
    DataLoader::with_cache(Reader(snapshot), batches, NoDelay, HashMapCache::default())
        // A page of pages is a batch of 10,000: it must not be cut into a statement a thousand.
        .max_batch_size(usize::MAX)
}

pub type Of<E> = PhantomData<fn() -> E>;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ById<T>(Uuid, T);

impl<E: Entity> ById<Of<E>> {
    /// A row under its key.
    pub fn of(row: E) -> (Self, E) {
        (Self(row.id(), PhantomData), row)
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageOf<L> {
    pub list: L,
    pub filter: Arc<Condition>,
    pub args: PageArgs,
    pub parent: Option<Uuid>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CountOf<L> {
    list: L,
    filter: Arc<Condition>,
    parent: Option<Uuid>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct GroupsBelow<L> {
    list: L,
    filter: Arc<Condition>,
    by: Arc<Grouping>,
    parent: Option<Uuid>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct RowsOf<G>(pub G, pub Uuid);

#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Slug(String);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct TextOf(Uuid);

impl<E: Entity> Loader<ById<Of<E>>> for Reader {
    type Value = E;
    type Error = ReadError;

    async fn load(&self, keys: &[ById<Of<E>>]) -> Result<HashMap<ById<Of<E>>, E>, ReadError> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(by_ids::<E>(&self.0, &ids).await?.into_iter().map(|row| (ById(row.id(), PhantomData), row)).collect())
    }
}

/// Keys that differ in nothing but their parent share a statement.
fn by_shape<'k, K, S: Eq + Hash>(keys: &'k [K], shape: impl Fn(&'k K) -> S) -> HashMap<S, Vec<&'k K>> {
    let mut shapes: HashMap<S, Vec<&K>> = HashMap::new();
    for key in keys {
        shapes.entry(shape(key)).or_default().push(key);
    }
    shapes
}

impl<E: Entity> Loader<PageOf<List<E>>> for Reader {
    type Value = Arc<Page<E>>;
    type Error = ReadError;

    async fn load(&self, keys: &[PageOf<List<E>>]) -> Result<HashMap<PageOf<List<E>>, Arc<Page<E>>>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for ((list, filter, args), keys) in by_shape(keys, |key| (key.list, &key.filter, &key.args)) {
            let parents: Vec<Option<Uuid>> = keys.iter().map(|key| key.parent).collect();
            for (parent, page) in pages(&self.0, list, filter, args, &parents).await? {
                let key = PageOf { list, filter: filter.clone(), args: args.clone(), parent };
                found.insert(key, Arc::new(page));
            }
        }
        Ok(found)
    }
}

impl<E: Entity> Loader<CountOf<List<E>>> for Reader {
    type Value = i64;
    type Error = ReadError;

    async fn load(&self, keys: &[CountOf<List<E>>]) -> Result<HashMap<CountOf<List<E>>, i64>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for ((list, filter), keys) in by_shape(keys, |key| (key.list, &key.filter)) {
            let parents: Vec<Option<Uuid>> = keys.iter().map(|key| key.parent).collect();
            for (parent, count) in counts(&self.0, list, filter, &parents).await? {
                found.insert(CountOf { list, filter: filter.clone(), parent }, count);
            }
        }
        Ok(found)
    }
}

impl<E: Entity> Loader<GroupsBelow<List<E>>> for Reader {
    type Value = Arc<GroupRows>;
    type Error = ReadError;

    async fn load(
        &self,
        keys: &[GroupsBelow<List<E>>],
    ) -> Result<HashMap<GroupsBelow<List<E>>, Arc<GroupRows>>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for ((list, filter, by), keys) in by_shape(keys, |key| (key.list, &key.filter, &key.by)) {
            let parents: Vec<Option<Uuid>> = keys.iter().map(|key| key.parent).collect();
            for (parent, rows) in read::groups(&self.0, list, filter, by, &parents).await? {
                found.insert(GroupsBelow { list, filter: filter.clone(), by: by.clone(), parent }, Arc::new(rows));
            }
        }
        Ok(found)
    }
}

impl<T> Loader<RowsOf<Group<T>>> for Reader
where
    T: FromFields + Send + Sync + 'static,
{
    type Value = Arc<Vec<T>>;
    type Error = ReadError;

    async fn load(&self, keys: &[RowsOf<Group<T>>]) -> Result<HashMap<RowsOf<Group<T>>, Arc<Vec<T>>>, ReadError> {
        let mut found = HashMap::with_capacity(keys.len());
        for (group, keys) in by_shape(keys, |key| key.0) {
            let parents: Vec<Uuid> = keys.iter().map(|key| key.1).collect();
            for (parent, rows) in rows_of(&self.0, group, &parents).await? {
                found.insert(RowsOf(group, parent), Arc::new(rows));
            }
        }
        Ok(found)
    }
}

impl Loader<Slug> for Reader {
    type Value = Uuid;
    type Error = ReadError;

    async fn load(&self, keys: &[Slug]) -> Result<HashMap<Slug, Uuid>, ReadError> {
        let slugs: Vec<String> = keys.iter().map(|key| key.0.clone()).collect();
        Ok(document_ids(&self.0, &slugs).await?.into_iter().map(|(slug, id)| (Slug(slug), id)).collect())
    }
}

impl Loader<TextOf> for Reader {
    type Value = Arc<Passages>;
    type Error = ReadError;

    async fn load(&self, keys: &[TextOf]) -> Result<HashMap<TextOf, Arc<Passages>>, ReadError> {
        let ids: Vec<Uuid> = keys.iter().map(|key| key.0).collect();
        Ok(texts(&self.0, &ids)
            .await?
            .into_iter()
            .map(|(id, text)| (TextOf(id), Arc::new(Passages::of(text))))
            .collect())
    }
}

/// A GraphQL type over a row with an id.
pub trait OverRow: Sized {
    /// What it is read as.
    type Row: Entity;

    /// The thing that this row is of.
    fn over(row: Self::Row) -> Self;
}

impl<N: OverRow> OverRow for Out<N> {
    type Row = N::Row;

    fn over(row: N::Row) -> Self {
        Self(N::over(row))
    }
}

/// Puts something that was read where resolvers look for it.
pub type Feed = Box<dyn for<'l> FnOnce(&'l Loaders) -> BoxFuture<'l, ()> + Send>;

/// Puts these values there, each under its key.
pub fn fed<K, V>(values: impl Iterator<Item = (K, V)> + Send + 'static) -> Feed
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    Reader: Loader<K, Value = V, Error = ReadError>,
{
    Box::new(|loaders| Box::pin(loaders.feed_many(values)))
}

/// What the loader has for this key.
pub(super) async fn load<K, V>(ctx: &Context<'_>, key: K) -> Result<Option<V>>
where
    K: Clone + Eq + Hash + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
    Reader: Loader<K, Value = V, Error = ReadError>,
{
    ctx.data::<Loaders>()?.load_one(key).await.map_err(|error| not_read(ctx, error))
}

/// For what must be there by a foreign key, and so is in the same state of the database.
pub(super) fn gone(ctx: &Context<'_>) -> Error {
    not_read(ctx, sqlx::Error::RowNotFound.into())
}

/// The thing with this id.
pub async fn by_id<N: OverRow>(ctx: &Context<'_>, id: Uuid) -> Result<Option<N>> {
    Ok(load(ctx, ById::<Of<N::Row>>(id, PhantomData)).await?.map(N::over))
}

/// As [`by_id`], for what a foreign key says must be there.
pub async fn referenced<N: OverRow>(ctx: &Context<'_>, id: Uuid) -> Result<N> {
    by_id(ctx, id).await?.ok_or_else(|| gone(ctx))
}

/// As [`referenced`], all of them.
pub async fn all_referenced<N: OverRow>(ctx: &Context<'_>, ids: impl Iterator<Item = &Uuid>) -> Result<Outs<N>> {
    try_join_all(ids.map(|id| referenced::<N>(ctx, *id))).await.map(Outs)
}

/// The short list below this id.
pub async fn rows<T, N>(ctx: &Context<'_>, group: Group<T>, parent: Uuid) -> Result<Outs<N>>
where
    T: FromFields + Clone + Send + Sync + 'static,
    N: From<T>,
{
    Ok(rows_read(ctx, group, parent).await?.iter().cloned().map(N::from).collect())
}

/// As [`rows`], just as they were read.
pub async fn rows_read<T>(ctx: &Context<'_>, group: Group<T>, parent: Uuid) -> Result<Arc<Vec<T>>>
where
    T: FromFields + Clone + Send + Sync + 'static,
{
    Ok(load(ctx, RowsOf(group, parent)).await?.unwrap_or_default())
}

/// A page of a list.
pub async fn page<E: Entity>(ctx: &Context<'_>, of: &PageOf<List<E>>) -> Result<Arc<Page<E>>> {
    let page = load(ctx, of.clone()).await?;
    Ok(page.unwrap_or_else(|| Arc::new(Page { rows: Vec::new(), has_previous: false, has_next: false })))
}

/// How many rows the whole list has that this page is of.
pub async fn count<E: Entity>(ctx: &Context<'_>, of: &PageOf<List<E>>) -> Result<i64> {
    let key = CountOf { list: of.list, filter: of.filter.clone(), parent: of.parent };
    Ok(load(ctx, key).await?.unwrap_or(0))
}

/// The groups of the list that this page is of.
pub async fn groups<E: Entity>(ctx: &Context<'_>, of: &PageOf<List<E>>, by: Arc<Grouping>) -> Result<Arc<GroupRows>> {
    let key = GroupsBelow { list: of.list, filter: of.filter.clone(), by, parent: of.parent };
    Ok(load(ctx, key).await?.unwrap_or_default())
}

/// The id of the document with this slug.
pub async fn document_id(ctx: &Context<'_>, slug: String) -> Result<Option<Uuid>> {
    load(ctx, Slug(slug)).await
}

/// A document's text.
pub async fn text(ctx: &Context<'_>, document: Uuid) -> Result<Arc<Passages>> {
    load(ctx, TextOf(document)).await?.ok_or_else(|| gone(ctx))
}
