//! Brings the schema, and the table of provinces, up to date.

use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};

use super::Error;
use crate::domain::{ProvinceId, provinces};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Applies what has not been applied yet. Whoever else does the same waits (an advisory lock of sqlx's), and what has
/// been done is not done again.
///
/// Once begun, it goes on even if nobody waits for it any more: whoever is told to stop does not cut it off.
pub async fn migrate(pool: &PgPool) -> Result<(), Error> {
    // A connection of its own, which does not log: a migration is pages of SQL, and may take its time.
    let options = pool.connect_options().as_ref().clone().disable_statement_logging();
    match tokio::spawn(bring_up_to_date(options)).await {
        Ok(done) => done,
        Err(_) => Err(Error::Database(sqlx::Error::WorkerCrashed)),
    }
}

async fn bring_up_to_date(options: PgConnectOptions) -> Result<(), Error> {
    let mut connection = PgConnection::connect_with(&options).await?;
    // Waiting for another migrator may take longer than a reader's statement may.
    sqlx::query("SET statement_timeout = 0").execute(&mut connection).await?;
    // What `run` does, whose own type the compiler cannot follow into a task.
    MIGRATIONS.run_direct(None, &mut connection, false).await?;

    let all = provinces();
    // In one order, so that two who do this at once wait for each other instead of locking each other out.
    sqlx::query(
        "INSERT INTO provinces (id, code, name, kind, successor_id)
         SELECT * FROM UNNEST($1::smallint[], $2::text[], $3::text[], $4::text[], $5::smallint[]) ORDER BY 1
         ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name, kind = excluded.kind,
             successor_id = excluded.successor_id
         WHERE (provinces.code, provinces.name, provinces.kind, provinces.successor_id)
             IS DISTINCT FROM (excluded.code, excluded.name, excluded.kind, excluded.successor_id)",
    )
    .bind(all.iter().map(|p| p.id.get()).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.code).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.name).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.kind.as_str()).collect::<Vec<_>>())
    .bind(all.iter().map(|p| p.successor.map(ProvinceId::get)).collect::<Vec<_>>())
    .execute(&mut connection)
    .await?;
    Ok(connection.close().await?)
}
