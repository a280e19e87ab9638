//! Whether the database answers.

use sqlx::{Error, PgPool};

/// Asks the database for nothing but an answer.
pub async fn ping(pool: &PgPool) -> Result<(), Error> {
    sqlx::query("SELECT 1").execute(pool).await.map(drop)
}
