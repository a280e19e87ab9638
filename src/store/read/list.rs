//! Lists that can grow, read a page at a time by key (never OFFSET), for many parents in one statement.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use sqlx::{Error, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{
    Bound, Condition, Entity, Fields, Page, PageArgs, Snapshot, Sort,
    ask::{Aliases, KeyType, OrderKey, at, keys, keys_sql, order_sql, push_bound},
};

/// A column of a list's own order. Together they are total: no two rows have the same key.
#[derive(Clone, Copy, Debug)]
pub enum Key {
    /// Text, in the database's collation.
    Text(&'static str),
    /// A day; `-infinity` stands for none.
    Date(&'static str),
    /// A number.
    Int(&'static str),
    /// An id.
    Id(&'static str),
}

impl Key {
    fn order_key(self, descending: bool) -> OrderKey {
        let (sql, of) = match self {
            Self::Text(sql) => (sql, KeyType::Text),
            Self::Date(sql) => (sql, KeyType::Day),
            Self::Int(sql) => (sql, KeyType::Int),
            Self::Id(sql) => (sql, KeyType::Id),
        };
        OrderKey { sql: sql.to_owned(), of, descending }
    }
}

/// A list of `E`: all of them, or those below a parent.
#[derive(Debug)]
pub struct List<E> {
    /// Its name; part of every cursor, so that a cursor fits its own list only.
    pub name: &'static str,
    /// What stands behind FROM, if it is not simply the table.
    pub(super) from: Option<&'static str>,
    /// The column with the parent's id, for a list below something.
    pub(super) parent: Option<&'static str>,
    /// Its own order, where no other is asked for.
    pub(super) key: &'static [Key],
    /// All columns of the key run the same way, so that one row comparison (and one index) serves.
    pub(super) descending: bool,
    /// Where the key is a place that moves when rows join the list: a statement for the place that the row with an id
    /// has now. Cursors hold the id, too, so that no row is read twice.
    pub(super) place: Option<&'static str>,
    pub(super) rows: PhantomData<fn() -> E>,
}

impl<E> PartialEq for List<E> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl<E> Eq for List<E> {}

// By hand, because a derive would ask the same of E.
impl<E> Clone for List<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for List<E> {}

impl<E> Hash for List<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name.hash(state);
    }
}

impl<E: Entity> List<E> {
    /// Below nothing, in the order of these keys.
    pub(super) const fn all(name: &'static str, key: &'static [Key]) -> Self {
        Self { name, from: None, parent: None, key, descending: false, place: None, rows: PhantomData }
    }

    /// Below what this column has the id of.
    pub(super) const fn below(self, parent: &'static str) -> Self {
        Self { parent: Some(parent), ..self }
    }

    /// With more behind FROM than the table.
    pub(super) const fn from(self, from: &'static str) -> Self {
        Self { from: Some(from), ..self }
    }

    /// In the order of a place that this statement tells anew.
    pub(super) const fn moving(self, place: &'static str) -> Self {
        Self { place: Some(place), ..self }
    }

    /// From the greatest key on.
    pub(super) const fn descending(self) -> Self {
        Self { descending: true, ..self }
    }

    /// What cursors of this list in this order begin with.
    pub fn signature(&self, order: &[Sort]) -> String {
        order.iter().fold(self.name.to_owned(), |signature, sort| signature + &sort.signature())
    }

    /// Whether `bound` can be a key of this list in this order.
    pub fn accepts(&self, order: &[Sort], bound: &[String]) -> bool {
        let mut types: Vec<KeyType> = self.keys(order).iter().map(|key| key.of).collect();
        types.extend(self.moves(order).map(|_| KeyType::Id));
        bound.len() == types.len() && types.iter().zip(bound).all(|(of, value)| of.accepts(value))
    }

    /// The keys of this order; of none, of the list's own.
    fn keys(&self, order: &[Sort]) -> Vec<OrderKey> {
        if order.is_empty() {
            self.key.iter().map(|key| key.order_key(self.descending)).collect()
        } else {
            keys(E::TABLE, order, E::TABLE.alias)
        }
    }

    fn moves(&self, order: &[Sort]) -> Option<&'static str> {
        self.place.filter(|_| order.is_empty())
    }

    pub(super) fn rows_sql(&self) -> String {
        self.from.map_or_else(|| at(E::TABLE.from, E::TABLE.alias, ""), str::to_owned)
    }

    /// ` WHERE ...`: below one of these, or else below the one of the row `parents`, and what is asked for.
    pub(super) fn push_where(
        &self,
        sql: &mut QueryBuilder<Postgres>,
        filter: &Condition,
        parents: Option<&[Option<Uuid>]>,
    ) {
        sql.push(" WHERE ");
        match (self.parent, parents) {
            (None, _) => sql.push("true"),
            (Some(column), None) => sql.push(column).push(" = parents.parent"),
            (Some(column), Some(parents)) => {
                sql.push(column).push(" = ANY(").push_bind(parents.iter().copied().flatten().collect::<Vec<Uuid>>());
                sql.push(")")
            }
        };
        if !filter.is_empty() {
            sql.push(" AND ");
            filter.push(sql, E::TABLE.alias, &mut Aliases::default());
        }
    }

    /// The statement for a page below each of `parents`. Besides the columns of `E` and the parent's id, if there are
    /// parents, it gives each row's key as `cursor`.
    pub(super) fn push_page(
        &self,
        sql: &mut QueryBuilder<Postgres>,
        filter: &Condition,
        args: &PageArgs,
        parents: &Parents<'_>,
    ) {
        let keys = self.keys(&args.order);
        if self.parent.is_some() {
            sql.push("SELECT parents.parent, page.* FROM ");
            match parents {
                Parents::Given(ids) => {
                    sql.push("unnest(").push_bind(ids.iter().copied().flatten().collect::<Vec<Uuid>>());
                    sql.push("::uuid[]) AS parents (parent)")
                }
                Parents::Selected(from) => sql.push("(SELECT DISTINCT id ").push(*from).push(") AS parents (parent)"),
            };
            sql.push(" CROSS JOIN LATERAL (");
        }
        sql.push(format_args!("SELECT {}{}, ", E::COLUMNS, keys_sql(&keys)));
        if args.keys {
            let keys = keys.iter().map(|key| key.sql.as_str()).chain(self.moves(&args.order).map(|_| E::ID));
            let keys: Vec<String> = keys.map(|key| format!("{key}::text")).collect();
            sql.push(format_args!("ARRAY[{}] AS cursor", keys.join(", ")));
        } else {
            sql.push("NULL::text[] AS cursor");
        }
        sql.push(" FROM ").push(self.rows_sql());
        self.push_where(sql, filter, None);
        if let Some(after) = &args.after {
            self.push_bound(sql, &args.order, after, true);
        }
        if let Some(before) = &args.before {
            self.push_bound(sql, &args.order, before, false);
        }
        // One more than asked for tells whether there are more.
        sql.push(order_sql(&keys, args.backwards())).push(" LIMIT ").push_bind(i64::from(args.size()) + 1);
        if self.parent.is_some() {
            // LATERAL promises no order.
            sql.push(") AS page").push(order_sql(&keys, args.backwards()));
        }
    }

    fn push_bound(&self, sql: &mut QueryBuilder<Postgres>, order: &[Sort], bound: &[String], behind: bool) {
        let (keys, place) = (self.keys(order), self.moves(order));
        let value = |i: usize, sql: &mut QueryBuilder<Postgres>| {
            let text = |i: usize| bound.get(i).cloned().unwrap_or_default();
            match place {
                Some(place) => {
                    sql.push(format_args!("coalesce(({place} ")).push_bind(text(keys.len())).push("::uuid), ");
                    sql.push_bind(text(i)).push("::int)")
                }
                None => sql.push_bind(text(i)),
            };
        };
        push_bound(&keys, behind, sql, value);
    }
}

/// What lists are below.
pub(super) enum Parents<'a> {
    /// Things with these ids.
    Given(&'a [Option<Uuid>]),
    /// Those whose `id` is selected from here; what follows is the rest of a statement behind SELECT.
    Selected(&'a str),
}

/// The page that `args` ask for below each of `parents`; for a list of all, `None` is the one parent.
pub async fn pages<E: Entity>(
    snapshot: &Snapshot,
    list: List<E>,
    filter: &Condition,
    args: &PageArgs,
    parents: &[Option<Uuid>],
) -> Result<HashMap<Option<Uuid>, Page<E>>, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
    list.push_page(&mut sql, filter, args, &Parents::Given(parents));
    let mut found: HashMap<Option<Uuid>, Vec<_>> = parents.iter().map(|parent| (*parent, Vec::new())).collect();
    for row in snapshot.rows(sql.build()).await? {
        let parent = if list.parent.is_some() { Some(row.try_get("parent")?) } else { None };
        let fields = Fields::of(&row);
        found.entry(parent).or_default().push((cursor(&fields)?, E::from_fields(&fields)?));
    }
    Ok(found.into_iter().map(|(parent, rows)| (parent, args.page(rows))).collect())
}

/// A row's key; empty if it was not asked for.
pub(super) fn cursor(row: &Fields<'_>) -> Result<Bound, Error> {
    Ok(row.try_get::<Option<Bound>>("cursor")?.unwrap_or_default())
}

/// How many rows the whole list has below each of `parents`.
pub async fn counts<E: Entity>(
    snapshot: &Snapshot,
    list: List<E>,
    filter: &Condition,
    parents: &[Option<Uuid>],
) -> Result<HashMap<Option<Uuid>, i64>, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
    sql.push("SELECT count(*), ").push(list.parent.unwrap_or("NULL::uuid")).push(" AS parent FROM ");
    sql.push(list.rows_sql());
    list.push_where(&mut sql, filter, Some(parents));
    if list.parent.is_some() {
        sql.push(" GROUP BY 2");
    }
    let mut counts: HashMap<Option<Uuid>, i64> = parents.iter().map(|parent| (*parent, 0)).collect();
    for row in snapshot.rows(sql.build()).await? {
        counts.insert(row.try_get("parent")?, row.try_get("count")?);
    }
    Ok(counts)
}
