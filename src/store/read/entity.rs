//! Things with an id: which columns make one, and reading many at once.

use sqlx::{AssertSqlSafe, Error};
use uuid::Uuid;

use super::{FromFields, Snapshot, Table, ask::at, row::all};

/// A kind of thing with an id, as read from the database.
///
/// The constants are pieces of SQL that are put together here and in [`super::List`]; nothing of a request ever
/// becomes part of them.
pub trait Entity: Clone + Send + Sync + Unpin + Sized + FromFields + 'static {
    /// Where it stands and what can be asked of it.
    const TABLE: &'static Table;
    /// What to select, of the table under its own alias.
    const COLUMNS: &'static str;
    /// Its id's column.
    const ID: &'static str;
    /// This one's id.
    fn id(&self) -> Uuid;
}

/// Its statement, up to the array of ids that stands at the end; `more` is selected besides.
pub(super) fn select<E: Entity>(more: &str) -> String {
    let from = at(E::TABLE.from, E::TABLE.alias, "");
    format!("SELECT {}{more} FROM {from} WHERE {} = ANY", E::COLUMNS, E::ID)
}

/// Those of `ids` that exist, in no particular order.
pub async fn by_ids<E: Entity>(snapshot: &Snapshot, ids: &[Uuid]) -> Result<Vec<E>, Error> {
    let sql = select::<E>("") + "($1)";
    all(&snapshot.rows(sqlx::query(AssertSqlSafe(sql)).bind(ids)).await?)
}
