//! Index entries that wait to be put in their place.

use sqlx::PgPool;

use super::super::Error;

/// Puts into their places the entries of what was loaded that still wait in lists of their GIN indexes, which every
/// query that uses these indexes reads through. Autovacuum would do so, but at a time of its own. Of indexes that belong to
/// somebody else nothing is done.
pub async fn place_pending(pool: &PgPool) -> Result<(), Error> {
    sqlx::query(
        "SELECT gin_clean_pending_list(c.oid) FROM pg_class c JOIN pg_am a ON a.oid = c.relam
         WHERE a.amname = 'gin' AND c.relnamespace = current_schema()::regnamespace AND pg_has_role(c.relowner, 'USAGE')",
    )
    .execute(pool)
    .await?;
    Ok(())
}
