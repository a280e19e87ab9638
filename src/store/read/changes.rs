//! What has changed: the number of the last change.

use std::fmt;

use sqlx::{Error, FromRow, Row, postgres::PgRow};
use uuid::Uuid;

use super::Snapshot;

/// Which state of which database a snapshot shows. Two that are equal answer every request alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DataVersion {
    /// The database. One that was made anew is another.
    pub database: Uuid,
    /// How many changes it has seen; goes up with every transaction that changes anything a client can see.
    pub number: i64,
}

impl fmt::Display for DataVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.database.simple(), self.number)
    }
}

impl FromRow<'_, PgRow> for DataVersion {
    fn from_row(row: &PgRow) -> Result<Self, Error> {
        Ok(Self { database: row.try_get("database")?, number: row.try_get("number")? })
    }
}

/// The version of what `snapshot` shows.
pub async fn data_version(snapshot: &Snapshot) -> Result<DataVersion, Error> {
    let rows = snapshot.rows(sqlx::query("SELECT database, number FROM data_version")).await?;
    DataVersion::from_row(rows.first().ok_or(Error::RowNotFound)?)
}
