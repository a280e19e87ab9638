//! Lists that can grow, read a page at a time by key (never OFFSET), for many parents in one statement.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use chrono::{Datelike, NaiveDate};
use sqlx::{Error, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::{Entity, Filter, Page, PageArgs, Snapshot};

/// A column of a list's order. Together they are total: no two rows have the same key.
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
    fn column_and_type(self) -> (&'static str, &'static str) {
        match self {
            Self::Text(column) => (column, "text"),
            Self::Date(column) => (column, "date"),
            Self::Int(column) => (column, "int"),
            Self::Id(column) => (column, "uuid"),
        }
    }

    /// Whether `value` is one of this column's type as PostgreSQL writes it; chrono and uuid read forms that it does not.
    fn accepts(self, value: &str) -> bool {
        let written = |parsed: String| parsed == value;
        match self {
            Self::Text(_) => !value.contains('\0'),
            Self::Date(_) => {
                value == "-infinity"
                    || value
                        .parse::<NaiveDate>()
                        .is_ok_and(|day| (1..=9999).contains(&day.year()) && written(day.to_string()))
            }
            Self::Int(_) => value.parse::<i32>().is_ok_and(|number| written(number.to_string())),
            Self::Id(_) => value.parse::<Uuid>().is_ok_and(|id| written(id.to_string())),
        }
    }
}

/// A list of `E`: all of them, or those below a parent.
#[derive(Debug)]
pub struct List<E> {
    /// Its name; part of every cursor, so that a cursor fits its own list only.
    pub name: &'static str,
    pub(super) from: &'static str,
    /// The column with the parent's id, for a list below something.
    pub(super) parent: Option<&'static str>,
    pub(super) key: &'static [Key],
    /// All columns of the key run the same way, so that one row comparison (and one index) serves.
    pub(super) descending: bool,
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

impl<E> List<E> {
    /// Whether `bound` can be a key of this list.
    pub fn accepts(&self, bound: &[String]) -> bool {
        bound.len() == self.key.len() && self.key.iter().zip(bound).all(|(key, value)| key.accepts(value))
    }

    /// `(k1, k2) > ($1::date, $2::uuid)`, or `<`.
    fn push_bound(&self, sql: &mut QueryBuilder<Postgres>, bound: &[String], behind: bool) {
        let columns: Vec<&str> = self.key.iter().map(|key| key.column_and_type().0).collect();
        let comparison = if behind == self.descending { "<" } else { ">" };
        sql.push(" AND (").push(columns.join(", ")).push(") ").push(comparison).push(" (");
        for (i, (key, value)) in self.key.iter().zip(bound).enumerate() {
            sql.push(if i == 0 { "" } else { ", " }).push_bind(value.clone());
            sql.push("::").push(key.column_and_type().1);
        }
        sql.push(")");
    }

    /// The keys as `k0, k1`, and as one text array for the cursor.
    fn key_columns(&self) -> String {
        let columns = || self.key.iter().map(|key| key.column_and_type().0).enumerate();
        let names: Vec<String> = columns().map(|(i, column)| format!("{column} AS k{i}")).collect();
        let texts: Vec<String> = columns().map(|(_, column)| format!("{column}::text")).collect();
        format!(", {}, ARRAY[{}] AS cursor", names.join(", "), texts.join(", "))
    }

    /// ` ORDER BY k0, k1`, the one way or the other.
    fn order(&self, backwards: bool) -> String {
        let direction = if self.descending == backwards { "ASC" } else { "DESC" };
        let terms: Vec<String> = (0..self.key.len()).map(|i| format!("k{i} {direction}")).collect();
        format!(" ORDER BY {}", terms.join(", "))
    }
}

/// The page that `args` ask for below each of `parents`; for a list of all, `None` is the one parent.
pub async fn pages<E: Entity>(
    snapshot: &Snapshot,
    list: List<E>,
    filter: &E::Filter,
    args: &PageArgs,
    parents: &[Option<Uuid>],
) -> Result<HashMap<Option<Uuid>, Page<E>>, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
    if list.parent.is_some() {
        sql.push("SELECT parents.parent, page.* FROM unnest(");
        sql.push_bind(parents.iter().copied().flatten().collect::<Vec<Uuid>>());
        sql.push("::uuid[]) AS parents (parent) CROSS JOIN LATERAL (");
    }
    sql.push("SELECT ").push(E::COLUMNS).push(list.key_columns()).push(" FROM ").push(list.from);
    match list.parent {
        Some(parent) => sql.push(" WHERE ").push(parent).push(" = parents.parent"),
        None => sql.push(" WHERE true"),
    };
    filter.push(&mut sql);
    if let Some(after) = &args.after {
        list.push_bound(&mut sql, after, true);
    }
    if let Some(before) = &args.before {
        list.push_bound(&mut sql, before, false);
    }
    // One more than asked for tells whether there are more.
    sql.push(list.order(args.backwards())).push(" LIMIT ").push_bind(i64::from(args.size()) + 1);
    if list.parent.is_some() {
        // LATERAL promises no order.
        sql.push(") AS page").push(list.order(args.backwards()));
    }
    let mut found: HashMap<Option<Uuid>, Vec<_>> = parents.iter().map(|parent| (*parent, Vec::new())).collect();
    for row in snapshot.rows(sql.build()).await? {
        let parent = if list.parent.is_some() { Some(row.try_get("parent")?) } else { None };
        found.entry(parent).or_default().push((row.try_get("cursor")?, E::from_row(&row)?));
    }
    Ok(found.into_iter().map(|(parent, rows)| (parent, args.page(rows))).collect())
}

/// How many rows the whole list has below each of `parents`.
pub async fn counts<E: Entity>(
    snapshot: &Snapshot,
    list: List<E>,
    filter: &E::Filter,
    parents: &[Option<Uuid>],
) -> Result<HashMap<Option<Uuid>, i64>, Error> {
    let mut sql: QueryBuilder<Postgres> = QueryBuilder::default();
    sql.push("SELECT count(*), ").push(list.parent.unwrap_or("NULL::uuid")).push(" AS parent FROM ").push(list.from);
    match list.parent {
        Some(parent) => {
            sql.push(" WHERE ").push(parent).push(" = ANY(");
            sql.push_bind(parents.iter().copied().flatten().collect::<Vec<Uuid>>()).push(")");
        }
        None => {
            sql.push(" WHERE true");
        }
    }
    filter.push(&mut sql);
    if list.parent.is_some() {
        sql.push(" GROUP BY 2");
    }
    let mut counts: HashMap<Option<Uuid>, i64> = parents.iter().map(|parent| (*parent, 0)).collect();
    for row in snapshot.rows(sql.build()).await? {
        counts.insert(row.try_get("parent")?, row.try_get("count")?);
    }
    Ok(counts)
}
