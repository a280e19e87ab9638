//! API keys, by their digests.

use chrono::{DateTime, Utc};
use sqlx::PgPool;

use super::Error;

/// A key as it is stored; the key itself is not.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeyRow {
    /// The SHA-256 digest, 32 bytes.
    pub digest: Vec<u8>,
    /// What people call it by.
    pub name: String,
    /// Cost a minute, if it has a limit of its own.
    pub cost_limit: Option<i32>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was revoked, if it was.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// All keys, revoked ones too, in the order in which they were made.
pub async fn keys(pool: &PgPool) -> Result<Vec<KeyRow>, Error> {
    let all = "SELECT digest, name, cost_limit, created_at, revoked_at FROM api_keys ORDER BY created_at, name";
    Ok(sqlx::query_as(all).fetch_all(pool).await?)
}

/// Notes a new key; `false` if one that is not revoked has this name.
pub async fn insert_key(pool: &PgPool, digest: &[u8; 32], name: &str, cost_limit: Option<i32>) -> Result<bool, Error> {
    let insert = "INSERT INTO api_keys (digest, name, cost_limit) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let inserted = sqlx::query(insert).bind(digest.as_slice()).bind(name).bind(cost_limit).execute(pool).await?;
    Ok(inserted.rows_affected() == 1)
}

/// Revokes the key of this name; `false` if there is none that is not revoked.
pub async fn revoke_key(pool: &PgPool, name: &str) -> Result<bool, Error> {
    let revoke = "UPDATE api_keys SET revoked_at = now() WHERE name = $1 AND revoked_at IS NULL";
    Ok(sqlx::query(revoke).bind(name).execute(pool).await?.rows_affected() == 1)
}
