//! What clients have used of their budgets, for all servers that share a database. Everything is reckoned in time, as
//! microseconds that it takes to grow again.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::Error;

/// What a client has used.
#[derive(Clone, Debug)]
pub struct Spent {
    /// Which client.
    pub client: Vec<u8>,
    /// How much, in microseconds.
    pub cost: i64,
    /// How long ago it began to, in microseconds.
    pub age: i64,
}

/// Adds to what these clients have used, and tells how long each will take, in microseconds, until all of its limit is
/// there again. With `room`, only for those of whom that does not become longer than this; the others are not told of.
///
/// `now` is for whoever sets the clock; else it is the database's, which is the same for all servers.
pub async fn spend(
    pool: &PgPool,
    all: &[Spent],
    room: Option<i64>,
    now: Option<DateTime<Utc>>,
) -> Result<Vec<(Vec<u8>, i64)>, Error> {
    // In one order, so that two who do this at once wait for each other instead of locking each other out.
    let rows = sqlx::query_as(
        "INSERT INTO budgets AS known (client, full_at, added)
         SELECT told.client, coalesce($5, now()) + (told.cost - told.age) * interval '1 microsecond',
             told.cost * interval '1 microsecond'
         FROM unnest($1::bytea[], $2::bigint[], $3::bigint[]) AS told (client, cost, age) ORDER BY told.client
         ON CONFLICT (client) DO UPDATE SET added = excluded.added,
             full_at = greatest(known.full_at + excluded.added, excluded.full_at)
         WHERE $4::bigint IS NULL OR greatest(known.full_at + excluded.added, excluded.full_at)
             <= coalesce($5, now()) + $4 * interval '1 microsecond'
         RETURNING client, (extract(epoch FROM full_at - coalesce($5, now())) * 1000000)::bigint",
    )
    .bind(all.iter().map(|spent| spent.client.as_slice()).collect::<Vec<_>>())
    .bind(all.iter().map(|spent| spent.cost).collect::<Vec<_>>())
    .bind(all.iter().map(|spent| spent.age).collect::<Vec<_>>())
    .bind(room)
    .bind(now);
    Ok(rows.fetch_all(pool).await?)
}

/// Forgets the clients who have all of their limit again.
pub async fn forget_spent(pool: &PgPool, now: Option<DateTime<Utc>>) -> Result<(), Error> {
    // Rows that somebody is writing are passed over, so that nobody waits for this.
    let delete = "DELETE FROM budgets WHERE client IN (SELECT client FROM budgets WHERE full_at < coalesce($1, now())
        ORDER BY client FOR UPDATE SKIP LOCKED)";
    sqlx::query(delete).bind(now).execute(pool).await?;
    Ok(())
}
