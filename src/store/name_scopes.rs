//! How often names are mentioned with an office where: what tells whom one more mention means.

use std::collections::HashMap;

use sqlx::{Postgres, Transaction};

use super::Error;
use crate::domain::NameScope;

/// Forgets what other rules than those of this `version` have counted: what is mentioned then stands as uncounted.
pub async fn count_names_by(transaction: &mut Transaction<'_, Postgres>, version: &str) -> Result<(), Error> {
    let known: Option<String> =
        sqlx::query_scalar("SELECT version FROM name_scopes_rules").fetch_optional(&mut **transaction).await?;
    if known.as_deref() == Some(version) {
        return Ok(());
    }
    sqlx::query("DELETE FROM name_scopes").execute(&mut **transaction).await?;
    sqlx::query(
        "INSERT INTO name_scopes (name_key, scope, name, count)
         SELECT name_key, $1, '', 1 FROM participant_reports WHERE kind = 'PERSON'
         UNION SELECT assigned_by_key, $1, '', 1 FROM tasks WHERE assigned_by_key IS NOT NULL",
    )
    .bind(NameScope::UNCOUNTED)
    .execute(&mut **transaction)
    .await?;
    sqlx::query(
        "INSERT INTO name_scopes_rules (version) VALUES ($1)
         ON CONFLICT (one) DO UPDATE SET version = excluded.version",
    )
    .bind(version)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// What is counted of each of these names.
pub async fn name_scopes(
    transaction: &mut Transaction<'_, Postgres>,
    keys: &[String],
) -> Result<HashMap<String, Vec<NameScope>>, Error> {
    if keys.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(String, i16, String, i64)> =
        sqlx::query_as("SELECT name_key, scope, name, count FROM name_scopes WHERE name_key = ANY($1)")
            .bind(keys)
            .fetch_all(&mut **transaction)
            .await?;
    let mut all: HashMap<String, Vec<NameScope>> = HashMap::new();
    for (key, scope, name, count) in rows {
        all.entry(key.clone()).or_default().push(NameScope { key, scope, name, count });
    }
    Ok(all)
}

/// Counts `more`, after forgetting what was counted of the names `anew`.
pub async fn count_names(
    transaction: &mut Transaction<'_, Postgres>,
    anew: &[String],
    more: &[NameScope],
) -> Result<(), Error> {
    if !anew.is_empty() {
        sqlx::query("DELETE FROM name_scopes WHERE name_key = ANY($1)").bind(anew).execute(&mut **transaction).await?;
    }
    if more.is_empty() {
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO name_scopes AS known (name_key, scope, name, count)
         SELECT * FROM UNNEST($1::text[], $2::smallint[], $3::text[], $4::bigint[])
         ON CONFLICT (name_key, scope, name) DO UPDATE SET count = known.count + excluded.count",
    )
    .bind(more.iter().map(|m| m.key.as_str()).collect::<Vec<_>>())
    .bind(more.iter().map(|m| m.scope).collect::<Vec<_>>())
    .bind(more.iter().map(|m| m.name.as_str()).collect::<Vec<_>>())
    .bind(more.iter().map(|m| m.count).collect::<Vec<_>>())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
