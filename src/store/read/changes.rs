//! What has changed: the number of the last change, the log of changes (the newest of each node), and when nodes did.

use std::{fmt, time::Duration};

use chrono::{DateTime, Utc};
use sqlx::{Error, FromRow, Row, postgres::PgRow};
use uuid::Uuid;

use super::{
    Fields, FromFields, Snapshot,
    row::{all, word},
};
use crate::domain::NodeKind;

/// For how long who reads may believe that nothing has changed since he looked. Who loads waits as long behind the last
/// commit before he says that it is done.
pub const LEASE: Duration = Duration::from_millis(50);

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

/// What a [`DataVersion`] is read by.
pub(super) const VERSION: &str = "SELECT database, number FROM data_version";

/// The version of what `snapshot` shows.
pub async fn data_version(snapshot: &Snapshot) -> Result<DataVersion, Error> {
    if let Some(version) = snapshot.version() {
        return Ok(version);
    }
    let rows = snapshot.rows(sqlx::query(VERSION)).await?;
    let version = DataVersion::from_row(rows.first().ok_or(Error::RowNotFound)?)?;
    snapshot.saw(version);
    Ok(version)
}

/// The last change of a node.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// Its number: a later one has a higher.
    pub number: i64,
    /// The number of the change that made the node.
    pub made_by: i64,
    /// When.
    pub changed_at: DateTime<Utc>,
    /// What kind of node.
    pub kind: NodeKind,
    /// Which.
    pub id: Uuid,
    /// Whether the node is gone.
    pub is_gone: bool,
}

impl FromFields for ChangeRow {
    fn from_fields(row: &Fields<'_>) -> Result<Self, Error> {
        Ok(Self {
            number: row.try_get("number")?,
            made_by: row.try_get("made_by")?,
            changed_at: row.try_get("changed_at")?,
            kind: word(row, "kind")?,
            id: row.try_get("id")?,
            is_gone: row.try_get("is_gone")?,
        })
    }
}

/// Which changes to read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ChangesAsked {
    /// Of nodes of these kinds.
    pub kinds: Vec<NodeKind>,
    /// With a higher number than this.
    pub after: i64,
    /// Without nodes that were gone by this number.
    pub without_gone_until: i64,
    /// At most so many.
    pub limit: i64,
}

/// The changes asked for, in their order.
pub async fn changes(snapshot: &Snapshot, asked: &ChangesAsked) -> Result<Vec<ChangeRow>, Error> {
    // Kind by kind, because each has its changes in order in the index: as many rows are read of each as are asked for.
    let found = sqlx::query(
        "SELECT c.* FROM unnest($1::text[]) AS asked (kind) CROSS JOIN LATERAL (
             SELECT number, made_by, changed_at, kind, id, digest IS NULL AS is_gone FROM node_changes c
             WHERE c.kind = asked.kind AND c.number > $2 AND (c.digest IS NOT NULL OR c.number > $3)
             ORDER BY c.number LIMIT $4
         ) AS c ORDER BY c.number LIMIT $4",
    )
    .bind(asked.kinds.iter().map(|kind| kind.as_str()).collect::<Vec<_>>())
    .bind(asked.after)
    .bind(asked.without_gone_until)
    .bind(asked.limit);
    all(&snapshot.rows(found).await?)
}

/// Since when a node is there, and when it last changed.
#[derive(Clone, Copy, Debug)]
pub struct NodeTimes {
    /// When it was made, or made anew after it was gone.
    pub made_at: DateTime<Utc>,
    /// When it last changed.
    pub changed_at: DateTime<Utc>,
}

/// The times of these nodes, as far as they are there.
pub async fn node_times(
    snapshot: &Snapshot,
    nodes: &[(NodeKind, Uuid)],
) -> Result<Vec<(NodeKind, Uuid, NodeTimes)>, Error> {
    let found = sqlx::query(
        "SELECT c.kind, c.id, c.made_at, c.changed_at FROM unnest($1::text[], $2::uuid[]) AS asked (kind, id)
         JOIN node_changes c ON c.kind = asked.kind AND c.id = asked.id WHERE c.digest IS NOT NULL",
    )
    .bind(nodes.iter().map(|(kind, _)| kind.as_str()).collect::<Vec<_>>())
    .bind(nodes.iter().map(|(_, id)| *id).collect::<Vec<_>>());
    let times = |row: &PgRow| {
        let times = NodeTimes { made_at: row.try_get("made_at")?, changed_at: row.try_get("changed_at")? };
        Ok((word(&Fields::of(row), "kind")?, row.try_get("id")?, times))
    };
    snapshot.rows(found).await?.iter().map(times).collect()
}
