//! Index entries that wait to be put in their place.

use sqlx::PgPool;

use super::super::Error;

/// Puts into their places the entries of what was loaded that still wait in lists of their GIN indexes, which every
/// query that uses these indexes reads through. Autovacuum would do so, but at a time of its own. Of indexes that belong to
/// somebody else nothing is done. It takes as long as it takes: after a large load on a slow disk, longer than a statement
/// may elsewhere.
pub async fn place_pending(pool: &PgPool) -> Result<(), Error> {
    let mut transaction = pool.begin().await?;
    sqlx::query("SET LOCAL statement_timeout = 0").execute(&mut *transaction).await?;
    sqlx::query(
        "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
             JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE a.amname = 'gin' AND n.nspname = current_schema() AND pg_has_role(c.relowner, 'USAGE')",
    )
    .execute(&mut *transaction)
    .await?;
    transaction.commit().await?;
    Ok(())
}
