//! Whether the seeds still have to be loaded.

use sqlx::PgPool;

use super::Error;

/// Whether a first load has to be done, or done to its end: the database is empty and nobody has loaded into it, or
/// one was interrupted. Notes that it has begun.
pub async fn begin_first_load(pool: &PgPool) -> Result<bool, Error> {
    // Documents without a row here are somebody's own, or were loaded before there was this table.
    sqlx::query(
        "INSERT INTO first_load (ended_at) SELECT CASE WHEN EXISTS (SELECT FROM documents) THEN now() END
         ON CONFLICT DO NOTHING",
    )
    .execute(pool)
    .await?;
    Ok(sqlx::query_scalar("SELECT ended_at IS NULL FROM first_load").fetch_one(pool).await?)
}

/// Notes that there is nothing more to do: the seeds are in, or somebody has taken the content into his own hands.
pub async fn end_first_load(pool: &PgPool) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO first_load (ended_at) VALUES (now())
         ON CONFLICT (only_row) DO UPDATE SET ended_at = excluded.ended_at WHERE first_load.ended_at IS NULL",
    )
    .execute(pool)
    .await?;
    Ok(())
}
