//! Short lists below a thing, read whole, for many things in one statement.

use std::{
    collections::HashMap,
    hash::{Hash, Hasher},
    marker::PhantomData,
};

use sqlx::{Error, Row};
use uuid::Uuid;

use super::{
    Fields, FromFields, Snapshot,
    columns::{Columns, selected},
};

/// A short list below each of many things: one statement that takes their ids as `$1` and gives, beside the columns
/// of `T`, the id it belongs to as `parent`, in the list's order.
#[derive(Debug)]
pub struct Group<T> {
    sql: &'static str,
    columns: Option<&'static str>,
    row: PhantomData<fn() -> T>,
}

impl<T> Group<T> {
    /// The list that this statement reads.
    pub(super) const fn new(sql: &'static str) -> Self {
        Self { sql, columns: None, row: PhantomData }
    }

    /// With these columns besides the parent's id, for a statement that does not begin with them.
    pub(super) const fn giving(self, columns: &'static str) -> Self {
        Self { columns: Some(columns), ..self }
    }

    /// Its columns besides the parent's id, if they are known.
    pub(super) fn columns(&self) -> Option<Columns<'static>> {
        self.columns.map(Columns::of).or_else(|| selected(self.sql))
    }

    /// Its statement, for the ids that the expression `parents` gives.
    pub(super) fn below(&self, parents: &str) -> String {
        self.sql.replace("$1", parents)
    }
}

impl<T> PartialEq for Group<T> {
    fn eq(&self, other: &Self) -> bool {
        self.sql == other.sql
    }
}

impl<T> Eq for Group<T> {}

// By hand, because a derive would ask the same of T.
impl<T> Clone for Group<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Group<T> {}

impl<T> Hash for Group<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // A statement is long, there are few, and this is asked of every row: the length tells most of them apart.
        self.sql.len().hash(state);
    }
}

/// The list below each of `parents`; those with an empty list are left out.
pub async fn rows_of<T>(snapshot: &Snapshot, group: Group<T>, parents: &[Uuid]) -> Result<HashMap<Uuid, Vec<T>>, Error>
where
    T: FromFields,
{
    let mut lists: HashMap<Uuid, Vec<T>> = HashMap::new();
    for row in snapshot.rows(sqlx::query(group.sql).bind(parents)).await? {
        lists.entry(row.try_get("parent")?).or_default().push(T::from_fields(&Fields::of(&row))?);
    }
    Ok(lists)
}
