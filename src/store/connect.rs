//! The pool of connections.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool};

use super::Error;

/// No statement of a reader may take longer. Loading and migrating lift it for their own transaction.
const STATEMENT_TIMEOUT: &str = "10s";
/// How long to wait for a connection to be free or made.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);
/// A connection that rested longer is asked whether it still lives, before it is handed out.
pub(super) const TRUSTED_FOR: Duration = Duration::from_secs(5);

/// A statement is planned once, for whatever values it is sent with. What readers send is made to be found by key, page by
/// page; planning it anew for each request, which PostgreSQL would do because it cannot tell from a LIMIT that is a
/// parameter how little is asked for, takes about as long as executing it, or longer (docs/performance.md).
const PLAN_ONCE: &str = "force_generic_plan";

/// As [`connect`], for a server that answers queries.
pub async fn connect_to_read(url: &str, max_connections: u32) -> Result<PgPool, Error> {
    pool(to_read(url)?, max_connections).await
}

/// A pool of at most `max_connections` to the database at `url`; somebody has answered there when this returns.
pub async fn connect(url: &str, max_connections: u32) -> Result<PgPool, Error> {
    pool(options(url)?, max_connections).await
}

/// The same for whoever loads documents and does nothing else: nobody has to be told that a statement is slow that writes
/// hundreds of them.
pub async fn connect_loader(url: &str, max_connections: u32) -> Result<PgPool, Error> {
    pool(options(url)?.disable_statement_logging(), max_connections).await
}

async fn pool(options: PgConnectOptions, max_connections: u32) -> Result<PgPool, Error> {
    let (place, database) = (place(&options), options.get_database().unwrap_or("postgres").to_owned());
    let failed = |source| Error::Connect { place, database, source };
    // The pool would go on trying where nobody listens and then report only that time is up; one connection of our own
    // tells at once what is wrong.
    match tokio::time::timeout(ACQUIRE_TIMEOUT, PgConnection::connect_with(&options)).await {
        Ok(Ok(connection)) => connection.close().await?,
        Ok(Err(error)) => return Err(failed(error)),
        Err(_) => return Err(failed(sqlx::Error::PoolTimedOut)),
    }
    Ok(lazily(options, max_connections))
}

/// How to connect to the database at `url`.
pub(super) fn options(url: &str) -> Result<PgConnectOptions, Error> {
    let options: PgConnectOptions = url.parse().map_err(|_| Error::Address)?;
    if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        return Err(Error::Address);
    }
    // JIT never pays here: it compiles for tens of milliseconds what runs for a few, wherever tables are young and
    // estimates therefore wild.
    Ok(options.application_name("hoinghi").options([("statement_timeout", STATEMENT_TIMEOUT), ("jit", "off")]))
}

/// As [`options`], for whoever answers queries.
pub(super) fn to_read(url: &str) -> Result<PgConnectOptions, Error> {
    Ok(options(url)?.options([("plan_cache_mode", PLAN_ONCE)]))
}

/// A pool of at most `max_connections`; whether anybody answers is not known yet.
pub(super) fn lazily(options: PgConnectOptions, max_connections: u32) -> PgPool {
    PgPoolOptions::new()
        .max_connections(max_connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        // A ping before every query would double the round trips; one after a rest finds the ones that died meanwhile.
        .test_before_acquire(false)
        .before_acquire(|connection, meta| {
            Box::pin(async move {
                if meta.idle_for > TRUSTED_FOR {
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
        .connect_lazy_with(options)
}

fn place(options: &PgConnectOptions) -> String {
    match options.get_socket() {
        Some(folder) => folder.display().to_string(),
        None => format!("{}:{}", options.get_host(), options.get_port()),
    }
}
