//! Whether the database answers, as ours.

use sqlx::{Error, PgPool};

/// Asks the database for something that only a migrated one has.
pub async fn ping(pool: &PgPool) -> Result<(), Error> {
    sqlx::query("SELECT FROM data_version").execute(pool).await.map(drop)
}
