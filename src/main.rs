//! The server: settings, database, schema, seeds if there is nothing yet, then answers until told to stop.

use std::future::IntoFuture;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use hoinghi::access;
use hoinghi::config::{self, Command, KeysCommand, ServerConfig};
use hoinghi::domain::Corrections;
use hoinghi::http;
use hoinghi::ingest::{self, Apart, Event, Options, Status};
use hoinghi::postgres::Database;
use hoinghi::program::{self, Signals};
use hoinghi::store::{self, read::Replica};
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests in flight may go on once we are told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long connections to the database may take to close after that.
const CLOSE: Duration = Duration::from_secs(3);

/// Cargo.toml says why.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Documents of some formats are read by this program, started anew.
    if let Some(ended) = ingest::apart::serve() {
        return ended;
    }
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hoinghi: {}", store::told(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// Bytes that a thread's stack may grow to: the deepest query needs more than the usual 2 MiB in a build without
/// optimisation. What it needs with optimisation was not measured.
const STACK: usize = 8 * 1024 * 1024;

fn start() -> anyhow::Result<()> {
    config::read_dotenv()?;
    let config = ServerConfig::parse();
    let log = &config.common.log;
    program::log(log).with_context(|| format!("--log {log:?} is no level or filter"))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    let result = runtime.block_on(async {
        match &config.command {
            Some(Command::Keys(command)) => keys(&config, command).await,
            None => serve(&config).await,
        }
    });
    // Requests that were not done in time are let go.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

async fn serve(config: &ServerConfig) -> anyhow::Result<()> {
    let settings = settings(config)?;
    let replica = settings.replica.clone();
    // Before anything is started, so that being told to stop never leaves anything running.
    let mut signals = Signals::new()?;
    // Before the database, because it is what most often goes wrong and needs nothing else.
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!("cannot listen on {}; choose another address with --listen HOST:PORT", config.listen)
    })?;
    let address = listener.local_addr()?;
    let told = ingest::read_resolutions(config.common.resolutions.as_deref()).map_err(anyhow::Error::msg)?;
    let (mut database, pool) = tokio::select! {
        opened = open(config) => opened?,
        () = signals.next() => return Ok(()),
    };
    let prepared = tokio::select! {
        prepared = prepare(config, &pool, told.as_ref()) => Some(prepared),
        () = signals.next() => None,
    };
    let Some(Ok(())) = prepared else {
        close(database, pool).await;
        return prepared.unwrap_or(Ok(()));
    };
    database.watch();

    let (stop, stopped) = oneshot::channel::<()>();
    let subscriptions = settings.stop.clone();
    let answering =
        axum::serve(listener, http::router(pool.clone(), settings).into_make_service_with_connect_info::<SocketAddr>())
            .with_graceful_shutdown(async {
                // A sender that is gone means the same as one that has sent.
                let _ = stopped.await;
            });
    let mut answering = tokio::spawn(answering.into_future());
    // Not println!, which panics where nobody reads.
    let _ = writeln!(std::io::stdout(), "Open http://{}/", reachable(address));

    signals.next().await;
    tracing::info!("stopping");
    let _ = stop.send(());
    tokio::select! {
        _ = async { tokio::join!(&mut answering, subscriptions.now()) } => {}
        () = tokio::time::sleep(DRAIN) => tracing::warn!("some requests were not answered within {DRAIN:?}"),
        () = signals.again() => tracing::warn!("told to stop twice: requests in flight are let go"),
    }
    answering.abort();
    if let Some(replica) = replica {
        let _ = tokio::time::timeout(CLOSE, replica.close()).await;
    }
    close(database, pool).await;
    Ok(())
}

/// How to answer, checked.
fn settings(config: &ServerConfig) -> anyhow::Result<http::Settings> {
    let told = &config.answering;
    let trusted = told.trusted_documents.as_deref().map(http::Trusted::read).transpose();
    let trusted = trusted.context("--trusted-documents")?.unwrap_or_default();
    if told.trusted_only && told.trusted_documents.is_none() {
        anyhow::bail!("--trusted-only needs --trusted-documents, or else nothing would be answered");
    }
    Ok(http::Settings {
        max_batch: told.max_batch.into(),
        max_age: told.max_age,
        answer_cache: usize::from(told.answer_cache) * 1024 * 1024,
        persisted_queries: told.persisted_queries.into(),
        trusted,
        trusted_only: told.trusted_only,
        origins: http::Origins::new(each("--cors-origin", &told.cors_origins)?),
        rate_limit: told.rate_limit(config.listen.ip().is_loopback()),
        trusted_proxies: each("--trusted-proxy", &told.trusted_proxies)?,
        require_api_key: told.require_api_key,
        introspection: !told.no_introspection,
        replica: replica(config)?,
        ..http::Settings::default()
    })
}

/// Where to read from besides the database. Whether anybody answers there is not known yet.
fn replica(config: &ServerConfig) -> anyhow::Result<Option<Replica>> {
    let replica = config.database_read_url().map(|url| Replica::new(url, config.pool_size, config.max_lag));
    replica.transpose().context("DATABASE_READ_URL cannot be used")
}

/// Each of an option's values, read. Empty ones count as none, because that is how a variable is unset in some files.
fn each<T: FromStr<Err = String>>(option: &str, values: &[String]) -> anyhow::Result<Vec<T>> {
    let values = values.iter().map(|value| value.trim()).filter(|value| !value.is_empty());
    values.map(|value| value.parse().map_err(|wrong: String| anyhow::anyhow!("{option}: {wrong}"))).collect()
}

/// Does something about API keys instead of serving.
async fn keys(config: &ServerConfig, command: &KeysCommand) -> anyhow::Result<()> {
    let (database, pool) = open(config).await?;
    let told = async {
        store::migrate(&pool).await?;
        match command {
            KeysCommand::Create { name, limit } => {
                let key = access::create(&pool, name, *limit).await?;
                writeln!(std::io::stderr(), "Keep it: it is not stored, and will not be told again.")?;
                writeln!(std::io::stdout(), "{key}")?;
            }
            KeysCommand::Revoke { name } => access::revoke(&pool, name).await?,
            KeysCommand::List => {
                let mut out = std::io::stdout().lock();
                writeln!(out, "name\tlimit\tmade\trevoked")?;
                for key in access::list(&pool).await? {
                    let limit = key.cost_limit.map_or_else(|| "-".to_owned(), |limit| limit.to_string());
                    let revoked = key.revoked_at.map_or_else(|| "-".to_owned(), |at| at.format("%F").to_string());
                    writeln!(out, "{}\t{limit}\t{}\t{revoked}", key.name, key.created_at.format("%F"))?;
                }
            }
        }
        anyhow::Ok(())
    };
    let told = told.await;
    close(database, pool).await;
    told
}

/// Lets go of the database, once what is being written has been.
async fn close(database: Database, pool: PgPool) {
    if tokio::time::timeout(CLOSE, pool.close()).await.is_err() {
        tracing::warn!("some connections to the database did not close");
    }
    database.close().await;
}

/// The database, which answers.
async fn open(config: &ServerConfig) -> anyhow::Result<(Database, PgPool)> {
    let common = &config.common;
    let database = Database::open(common.database_url(), &common.data_dir).await?;
    let pool = store::connect_to_read(database.url(), config.pool_size).await.with_context(|| {
        if common.database_url().is_some() {
            format!("{} cannot be used (without it, a private PostgreSQL is)", common.database_setting())
        } else {
            "the private PostgreSQL cannot be used".to_owned()
        }
    })?;
    Ok((database, pool))
}

/// Migrates, loads the seeds into what is empty, and puts to use what is told of who is who.
async fn prepare(config: &ServerConfig, pool: &PgPool, told: Option<&Corrections>) -> anyhow::Result<()> {
    store::migrate(pool).await?;
    load_seeds(pool, &config.seeds).await?;
    if let Some(told) = told {
        for slug in ingest::correct(pool, told).await? {
            tracing::warn!("the resolutions speak of {slug}, which no document is called");
        }
    }
    Ok(())
}

/// Loads the seeds into a new database, or what an interrupted start has left of them. One that is refused is named
/// and does not keep us from serving the others.
async fn load_seeds(pool: &PgPool, folder: &Path) -> anyhow::Result<()> {
    if !folder.is_dir() {
        if store::slugs(pool).await?.is_empty() {
            tracing::warn!("no folder {} here, so there are no documents yet; load some with `seed`", folder.display());
        }
        return Ok(());
    }
    if !store::begin_first_load(pool).await? {
        return Ok(());
    }
    let mut tell = |event| {
        if let Event::Done(report) = event
            && report.status == Status::Refused
        {
            let path = report.path.unwrap_or_default();
            tracing::warn!("{} is not loaded: {}", path.display(), report.reason.unwrap_or_default());
        }
    };
    let options = Options { apart: Some(Apart::by_this_program()?), ..Options::default() };
    let loaded = ingest::load_paths(pool, &[folder.to_owned()], options, &mut tell).await;
    // However it ended, something may be in, and other servers may have kept answers.
    ingest::settle().await;
    let summary = loaded?;
    if [Status::Loaded, Status::Replaced, Status::Unchanged].into_iter().any(|status| summary.count(status) > 0) {
        store::end_first_load(pool).await?;
    }
    tracing::info!(documents = ?summary.documents, facts = ?summary.facts, time = ?summary.time, "loaded the seeds");
    Ok(())
}

/// An address that a browser on this machine can open.
fn reachable(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        ip if !ip.is_unspecified() => {}
        ip if ip.is_ipv4() => address.set_ip(std::net::Ipv4Addr::LOCALHOST.into()),
        _ => address.set_ip(std::net::Ipv6Addr::LOCALHOST.into()),
    }
    address
}
