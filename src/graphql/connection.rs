//! Relay connections, once for all types: the page and the count are read only where they are selected.

use std::borrow::Cow;

use async_graphql::{
    ContainerType, Context, Object, Result, SelectionField, SimpleObject, TypeName,
    connection::{CursorType, OpaqueCursor},
};
use uuid::Uuid;

use super::{
    ahead::{self, Ahead},
    ask::{Filter, Order},
    error::bad_input,
    group::{GroupBy, GroupOrder, GroupsOf},
    limits::{MAX_ORDER_KEYS, PAGE_DEFAULT, PAGE_MAX},
    loaders::{self, OverRow, PageOf},
    out::{Out, Outs},
};
use crate::store::read::{Bound, Entity, List, PageArgs, Slice, Sort};

/// A type that lists are made of.
pub trait Listed: ContainerType + OverRow {
    /// The name of its connections.
    const CONNECTION: &'static str;
    /// The name of their edges.
    const EDGE: &'static str;
}

/// The arguments of a list, as a client gives them.
pub struct Asked<E> {
    pub first: Option<i32>,
    pub after: Option<String>,
    pub last: Option<i32>,
    pub before: Option<String>,
    pub filter: Option<Filter<E>>,
    pub order_by: Option<Vec<Order<E>>>,
}

/// A list's name and order and a row's key: what a cursor is made of.
type Cursor = OpaqueCursor<(String, Bound)>;

impl<E: Entity> Asked<E> {
    fn checked(self, ctx: &Context<'_>, list: List<E>, keys: bool) -> Result<PageArgs> {
        let order: Vec<Sort> = self.order_by.into_iter().flatten().map(|key| key.sort).collect();
        if order.len() > MAX_ORDER_KEYS {
            let keys = order.len();
            return Err(bad_input(ctx, "orderBy", format!("`orderBy` has {keys} keys; {MAX_ORDER_KEYS} are allowed")));
        }
        let signature = list.signature(&order);
        let slice = match (self.first, self.last) {
            (Some(_), Some(_)) => return Err(bad_input(ctx, "last", "give `first` or `last`, not both")),
            (Some(asked), None) => Slice::First(size(ctx, "first", asked)?),
            (None, Some(asked)) => Slice::Last(size(ctx, "last", asked)?),
            (None, None) => Slice::First(PAGE_DEFAULT),
        };
        let bound = |argument: &str, cursor: Option<String>| -> Result<Option<Bound>> {
            let Some(cursor) = cursor else { return Ok(None) };
            match Cursor::decode_cursor(&cursor) {
                Ok(OpaqueCursor((name, key))) if name == signature && list.accepts(&order, &key) => Ok(Some(key)),
                _ => Err(bad_input(
                    ctx,
                    argument,
                    format!(
                        "`{argument}` is no cursor of this list in this order; take one from its `edges` or `pageInfo`"
                    ),
                )),
            }
        };
        let (after, before) = (bound("after", self.after)?, bound("before", self.before)?);
        Ok(PageArgs { slice, after, before, order, keys })
    }
}

/// A number of rows that a page may have.
pub(super) fn size(ctx: &Context<'_>, argument: &str, asked: i32) -> Result<u16> {
    match u16::try_from(asked) {
        Ok(size) if size <= PAGE_MAX => Ok(size),
        _ => Err(bad_input(
            ctx,
            argument,
            format!("`{argument}` must be from 0 to {PAGE_MAX}, not {asked}; use cursors for more"),
        )),
    }
}

/// The page that these arguments of `connection`, a field, ask for; `ctx` is where errors are told.
pub fn page_of<E: Entity>(
    ctx: &Context<'_>,
    connection: &SelectionField<'_>,
    list: List<E>,
    parent: Option<Uuid>,
    mut asked: Asked<E>,
) -> Result<PageOf<List<E>>> {
    let filter = asked.filter.take().map(|filter| filter.condition(ctx)).transpose()?.unwrap_or_default();
    let has_cursors = |field: SelectionField<'_>| matches!(field.name(), "edges" | "pageInfo");
    let args = asked.checked(ctx, list, connection.selection_set().any(has_cursors))?;
    Ok(PageOf { list, filter, args, parent })
}

/// A page of a list of `N`.
pub struct Connection<N: Listed>(PageOf<List<N::Row>>);

impl<N: Listed> Connection<N> {
    /// The page asked for, of all rows or of those below `parent`. A page of all is read, and what is selected below it;
    /// otherwise nothing is read yet.
    pub async fn new(
        ctx: &Context<'_>,
        list: List<N::Row>,
        parent: Option<Uuid>,
        asked: Asked<N::Row>,
    ) -> Result<Out<Self>>
    where
        N: Ahead,
    {
        let of = page_of(ctx, &ctx.field(), list, parent, asked)?;
        if parent.is_none() {
            ahead::read_page::<N>(ctx, &of).await;
        }
        Ok(Out(Self(of)))
    }

    fn cursor(&self, key: &Bound) -> String {
        OpaqueCursor((self.0.list.signature(&self.0.args.order), key.clone())).encode_cursor()
    }
}

impl<N: Listed> TypeName for Connection<N> {
    fn type_name() -> Cow<'static, str> {
        N::CONNECTION.into()
    }
}

/// A page of a list (trang kết quả), as the Relay specification has it.
#[Object(name_type)]
impl<N: Listed> Connection<N> {
    /// The rows of this page, each with its cursor.
    async fn edges(&self, ctx: &Context<'_>) -> Result<Outs<Edge<N>>> {
        let page = loaders::page(ctx, &self.0).await?;
        Ok(page
            .rows
            .iter()
            .map(|(key, row)| Edge { cursor: self.cursor(key), node: Out(N::over(row.clone())) })
            .collect())
    }

    /// The rows of this page, without cursors.
    async fn nodes(&self, ctx: &Context<'_>) -> Result<Outs<N>> {
        Ok(loaders::page(ctx, &self.0).await?.rows.iter().map(|(_, row)| N::over(row.clone())).collect())
    }

    /// Where this page stands in the list.
    async fn page_info(&self, ctx: &Context<'_>) -> Result<Out<PageInfo>> {
        let page = loaders::page(ctx, &self.0).await?;
        Ok(Out(PageInfo {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.rows.first().map(|(key, _)| self.cursor(key)),
            end_cursor: page.rows.last().map(|(key, _)| self.cursor(key)),
        }))
    }

    /// How many rows the whole list has (tổng số), on all pages, under the same filter. Counted only when selected.
    #[graphql(complexity = "crate::graphql::limits::COUNT_COST")]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i64> {
        loaders::count(ctx, &self.0).await
    }

    /// The rows of the whole list counted by what they have in common (thống kê theo nhóm), on all pages, under the same
    /// filter. A row that has several values of a key counts in each of their groups.
    #[graphql(complexity = "crate::graphql::limits::groups_cost(first, child_complexity)")]
    async fn groups(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what, 5 keys at most; by nothing, all rows are one group.")] by: Vec<GroupBy<N::Row>>,
        #[graphql(desc = "How many groups: 0 to 1000, 100 if this is not given.")] first: Option<i32>,
        #[graphql(desc = "In which order; the largest first if this is not given.")] order_by: Option<GroupOrder>,
    ) -> Result<Out<GroupsOf<N::Row>>> {
        GroupsOf::read(ctx, &self.0, by, first, order_by).await.map(Out)
    }
}

/// A row of a page and its cursor.
pub struct Edge<N: Listed> {
    cursor: String,
    node: Out<N>,
}

impl<N: Listed> TypeName for Edge<N> {
    fn type_name() -> Cow<'static, str> {
        N::EDGE.into()
    }
}

/// A row of a page, with its cursor.
#[Object(name_type)]
impl<N: Listed> Edge<N> {
    /// Where this row stands in the list; opaque, for `after` and `before` of the same list.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The row itself.
    async fn node(&self) -> &Out<N> {
        &self.node
    }
}

/// Where a page stands in its list, and the cursors to go on from.
#[derive(SimpleObject)]
pub struct PageInfo {
    /// Whether the list has rows behind this page.
    has_next_page: bool,
    /// Whether the list has rows ahead of this page.
    has_previous_page: bool,
    /// The first row's cursor, for `before`; null on an empty page.
    start_cursor: Option<String>,
    /// The last row's cursor, for `after`; null on an empty page.
    end_cursor: Option<String>,
}

impl PageInfo {
    /// Whether more rows come behind and ahead of a page, and its first and last row's cursors.
    pub(super) fn new(next: bool, previous: bool, start: Option<String>, end: Option<String>) -> Self {
        Self { has_next_page: next, has_previous_page: previous, start_cursor: start, end_cursor: end }
    }
}

/// An object with a single field: a connection with its arguments, which so stand in one place. It is flattened
/// into the type whose field it is; `$holder` holds the parent's id, if there is a parent.
macro_rules! paged {
    ($(#[$doc:meta])* $holder:ident . $field:ident: $node:ty = $list:expr) => {
        pub struct $holder(pub Option<uuid::Uuid>);

        impl $holder {
            /// What this field reads.
            #[allow(dead_code, reason = "nothing is above a list of all")]
            pub(super) fn ahead(look: &mut crate::graphql::ahead::Look<'_, '_>) {
                look.page::<$node>(stringify!($field), $list);
            }
        }

        #[async_graphql::Object]
        impl $holder {
            $(#[$doc])*
            #[graphql(complexity = "crate::graphql::limits::page_cost(first, last, child_complexity) + crate::graphql::ask::Filter::cost(filter.as_ref())")]
            async fn $field(
                &self,
                ctx: &async_graphql::Context<'_>,
                #[graphql(desc = "How many rows, from the start of the list (or behind `after`): 0 to 100, 20 if neither this nor `last` is given.")]
                first: Option<i32>,
                #[graphql(desc = "Only rows behind this cursor.")] after: Option<String>,
                #[graphql(desc = "How many rows, from the end of the list (or ahead of `before`): 0 to 100. Not together with `first`.")]
                last: Option<i32>,
                #[graphql(desc = "Only rows ahead of this cursor.")] before: Option<String>,
                #[graphql(desc = "Only rows that meet all of these conditions (điều kiện lọc).")]
                filter: Option<crate::graphql::ask::Filter<<$node as crate::graphql::loaders::OverRow>::Row>>,
                #[graphql(desc = "In this order (sắp xếp): by the first key, where that is equal by the next, at last by the id; 5 keys at most. Without it, in the list's own order. A cursor goes with the order it was made in.")]
                order_by: Option<Vec<crate::graphql::ask::Order<<$node as crate::graphql::loaders::OverRow>::Row>>>,
            ) -> async_graphql::Result<crate::graphql::out::Out<crate::graphql::connection::Connection<$node>>> {
                let asked = crate::graphql::connection::Asked { first, after, last, before, filter, order_by };
                crate::graphql::connection::Connection::new(ctx, $list, self.0, asked).await
            }
        }
    };
}
pub(super) use paged;
