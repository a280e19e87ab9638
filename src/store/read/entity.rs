//! Things with an id: which columns make one, and reading many at once.

use sqlx::{AssertSqlSafe, Error, FromRow, postgres::PgRow};
use uuid::Uuid;

use super::{Filter, Snapshot};

/// A kind of thing with an id, as read from the database.
///
/// The constants are pieces of SQL that are put together here and in [`super::List`]; nothing of a request ever
/// becomes part of them.
pub trait Entity: Clone + Send + Sync + Unpin + Sized + for<'r> FromRow<'r, PgRow> + 'static {
    /// What its lists can be narrowed by.
    type Filter: Filter;
    /// What to select; the aliases are those of `FROM` and of every list of it.
    const COLUMNS: &'static str;
    /// Where from.
    const FROM: &'static str;
    /// Its id's column.
    const ID: &'static str;
    /// This one's id.
    fn id(&self) -> Uuid;
}

/// Those of `ids` that exist, in no particular order.
pub async fn by_ids<E: Entity>(snapshot: &Snapshot, ids: &[Uuid]) -> Result<Vec<E>, Error> {
    let sql = format!("SELECT {} FROM {} WHERE {} = ANY($1)", E::COLUMNS, E::FROM, E::ID);
    snapshot.rows(sqlx::query(AssertSqlSafe(sql)).bind(ids)).await?.iter().map(E::from_row).collect()
}
