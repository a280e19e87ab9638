//! What a query asks for below a list or a thing is read together with it, in one statement ([`Tree`]).
//!
//! Each type says in [`Ahead`] which of its fields read what. When a list or a thing at the root is resolved, its
//! selection is followed through them, everything that is selected is read at once, and put where the resolvers will
//! look for it ([`loaders`](super::loaders)). They know nothing of it: what was not read ahead (because it is not in
//! `Ahead`, below something that is not, or has an argument that is wrong) they read when they come to it, level by
//! level. So a field without a line in `Ahead` is right, and costs a statement more; `tests/service` counts them.

use std::{any::Any, sync::Arc};

use async_graphql::{Context, InputType, Name, SelectionField, Value};
use uuid::Uuid;

use super::{
    ask::{Filter, Order},
    connection::{Asked, Listed, page_of},
    loaders::{ById, Feed, Loaders, Of, OverRow, PageOf, RowsOf, fed},
    stall::Batches,
};
use crate::store::read::{FromFields, Group, Level, List, Tree};

/// A type whose fields read something.
pub trait Ahead {
    /// Adds what is selected of them.
    fn ahead(look: &mut Look<'_, '_>);
}

/// For what has no fields that read anything.
impl Ahead for () {
    fn ahead(_: &mut Look<'_, '_>) {}
}

/// The selection of an object, and where in the tree the object stands.
pub struct Look<'a, 't> {
    ctx: &'a Context<'a>,
    selected: Vec<SelectionField<'a>>,
    at: Level,
    tree: &'t mut Tree<Feed>,
    /// What is in the tree already, each below which level.
    known: &'t mut Vec<(Level, Box<dyn Any>, Level)>,
}

impl<'a> Look<'a, '_> {
    /// The field `name` is the short list `group` of `N`.
    pub fn rows<T, N: Ahead>(&mut self, name: &str, group: Group<T>)
    where
        T: FromFields + Clone + Send + Sync + 'static,
    {
        for field in self.fields(name) {
            let level = self.once(group, |tree, above| {
                tree.rows(above, group, move |lists| {
                    fed(lists.into_iter().map(move |(parent, rows)| (RowsOf(group, parent), Arc::new(rows))))
                })
            });
            self.below::<N>(level, || field.selection_set().collect());
        }
    }

    /// The field `name` is the `N` that this column of the object's row has the id of.
    pub fn one<N: OverRow + Ahead>(&mut self, name: &str, column: &'static str) {
        for field in self.fields(name) {
            let level = self.once((column, Of::<N::Row>::default()), |tree, above| {
                tree.referenced(above, column, |rows: Vec<N::Row>| fed(rows.into_iter().map(ById::of)))
            });
            self.below::<N>(level, || field.selection_set().collect());
        }
    }

    /// The field `name` is a connection over the list of `N`.
    pub fn page<N: Listed + Ahead>(&mut self, name: &str, list: List<N::Row>) {
        for field in self.fields(name) {
            let Some(of) = asked(&field).and_then(|asked| page_of(self.ctx, &field, list, None, asked).ok()) else {
                continue;
            };
            let level = self.once(of.clone(), |tree, above| page(tree, Some(above), &of));
            self.below::<N>(level, || nodes(&field));
        }
    }

    fn fields(&self, name: &str) -> Vec<SelectionField<'a>> {
        self.selected.iter().filter(|field| field.name() == name).copied().collect()
    }

    /// The level for `key` below this one, which is there already or is added.
    fn once<K: PartialEq + 'static>(
        &mut self,
        key: K,
        add: impl FnOnce(&mut Tree<Feed>, Level) -> Option<Level>,
    ) -> Option<Level> {
        let mut known = self.known.iter();
        let is_it = |(above, other, _): &&(Level, Box<dyn Any>, Level)| {
            *above == self.at && other.downcast_ref::<K>().is_some_and(|other| *other == key)
        };
        if let Some((_, _, level)) = known.find(is_it) {
            return Some(*level);
        }
        let level = add(self.tree, self.at)?;
        self.known.push((self.at, Box::new(key), level));
        Some(level)
    }

    fn below<N: Ahead>(&mut self, level: Option<Level>, selected: impl FnOnce() -> Vec<SelectionField<'a>>) {
        let Some(at) = level else { return };
        N::ahead(&mut Look { ctx: self.ctx, selected: selected(), at, tree: self.tree, known: self.known });
    }
}

/// Of the rows of a connection, what is selected.
fn nodes<'a>(connection: &SelectionField<'a>) -> Vec<SelectionField<'a>> {
    let mut found = Vec::new();
    for field in connection.selection_set() {
        match field.name() {
            "nodes" => found.extend(field.selection_set()),
            "edges" => {
                for node in field.selection_set().filter(|field| field.name() == "node") {
                    found.extend(node.selection_set());
                }
            }
            _ => {}
        }
    }
    found
}

/// The arguments of a connection; `None` if one of them is not as it should be, which its resolver will tell.
fn asked<E: crate::store::read::Entity>(field: &SelectionField<'_>) -> Option<Asked<E>> {
    let mut given = field.arguments().ok()?;
    Some(Asked {
        first: argument(&mut given, "first")?,
        after: argument(&mut given, "after")?,
        last: argument(&mut given, "last")?,
        before: argument(&mut given, "before")?,
        filter: argument::<Filter<E>>(&mut given, "filter")?,
        order_by: argument::<Vec<Order<E>>>(&mut given, "orderBy")?,
    })
}

#[expect(clippy::option_option, reason = "absent is not wrong")]
fn argument<T: InputType>(given: &mut Vec<(Name, Value)>, name: &str) -> Option<Option<T>> {
    let Some(at) = given.iter().position(|(given, _)| given == name) else { return Some(None) };
    Option::<T>::parse(Some(given.swap_remove(at).1)).ok()
}

fn page<N>(tree: &mut Tree<Feed>, above: Option<Level>, of: &PageOf<List<N>>) -> Option<Level>
where
    N: crate::store::read::Entity,
{
    let (list, filter, args) = (of.list, Arc::clone(&of.filter), of.args.clone());
    tree.page(above, list, Arc::clone(&filter), args.clone(), move |pages| {
        let key = move |parent| PageOf { list, filter: Arc::clone(&filter), args: args.clone(), parent };
        fed(pages.into_iter().map(move |(parent, page)| (key(parent), Arc::new(page))))
    })
}

/// Reads a page of a list of all, and what is selected below it. `ctx` is of the field that is the connection.
pub async fn read_page<N: Listed + Ahead>(ctx: &Context<'_>, of: &PageOf<List<N::Row>>) {
    let reads_rows = |field: SelectionField<'_>| matches!(field.name(), "nodes" | "edges" | "pageInfo");
    let mut tree = Tree::default();
    let (true, Some(at)) = (ctx.field().selection_set().any(reads_rows), page(&mut tree, None, of)) else { return };
    let selected = nodes(&ctx.field());
    follow::<N>(ctx, &mut tree, at, selected);
    read(ctx, tree).await;
}

/// Reads a thing, and what is selected below it. `ctx` is of the field that is the thing.
pub async fn read_thing<N: OverRow + Ahead>(ctx: &Context<'_>, id: Uuid) {
    let mut tree = Tree::default();
    let Some(at) = tree.things::<N::Row>(vec![id], |rows| fed(rows.into_iter().map(ById::of))) else { return };
    let selected = ctx.field().selection_set().collect();
    follow::<N>(ctx, &mut tree, at, selected);
    // Things that have nothing below them are read together, if there are several.
    if tree.len() > 1 || ctx.query_env.operation.node.selection_set.node.items.len() == 1 {
        read(ctx, tree).await;
    }
}

fn follow<'a, N: Ahead>(ctx: &'a Context<'a>, tree: &mut Tree<Feed>, at: Level, selected: Vec<SelectionField<'a>>) {
    N::ahead(&mut Look { ctx, selected, at, tree, known: &mut Vec::new() });
}

async fn read(ctx: &Context<'_>, tree: Tree<Feed>) {
    let (Ok(loaders), Ok(batches)) = (ctx.data::<Loaders>(), ctx.data::<Batches>()) else { return };
    let snapshot = loaders.loader().shared_snapshot();
    match batches.run(Box::pin(async move { tree.read(&snapshot).await })).await {
        Ok(feeds) => {
            for feed in feeds {
                feed(loaders).await;
            }
        }
        // Resolvers will send their own statements, and tell which of them fails.
        Err(error) => tracing::warn!(%error, "could not be read ahead"),
    }
}
