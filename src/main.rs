//! The server: settings, database, schema, seeds if there is nothing yet, then answers until told to stop.

use std::future::IntoFuture;
use std::io::{IsTerminal, Write};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Parser;
use hoinghi::config::{self, ServerConfig};
use hoinghi::postgres::Database;
use hoinghi::store;
use sqlx::PgPool;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// How long requests in flight may go on once we are told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// How long connections to the database may take to close after that.
const CLOSE: Duration = Duration::from_secs(3);
/// A second signal within this time is the same one.
const REPEATED: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("hoinghi: {}", told(&error));
            ExitCode::FAILURE
        }
    }
}

/// What went wrong and why, each cause once; some libraries repeat the words of the cause in their own.
fn told(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string).filter(|cause| !cause.is_empty()) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text = format!("{text}: {cause}");
        }
    }
    text
}

fn start() -> anyhow::Result<()> {
    config::read_dotenv()?;
    let config = ServerConfig::parse();
    let filter = tracing_subscriber::EnvFilter::try_new(&config.common.log)
        .with_context(|| format!("--log {:?} is no level or filter", config.common.log))?;
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(colours).init();
    let runtime = tokio::runtime::Runtime::new()?;
    let result = runtime.block_on(serve(&config));
    // Requests that were not done in time are let go.
    runtime.shutdown_timeout(Duration::from_secs(1));
    result
}

async fn serve(config: &ServerConfig) -> anyhow::Result<()> {
    // Before anything is started, so that being told to stop never leaves anything running.
    let mut signals = Signals::new()?;
    // Before the database, because it is what most often goes wrong and needs nothing else.
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!("cannot listen on {}; choose another address with --listen HOST:PORT", config.listen)
    })?;
    let address = listener.local_addr()?;
    let (database, pool) = tokio::select! {
        ready = prepare(config) => ready?,
        () = signals.next() => return Ok(()),
    };

    let (stop, stopped) = oneshot::channel::<()>();
    let answering = axum::serve(listener, router()).with_graceful_shutdown(async {
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
        _ = &mut answering => {}
        () = tokio::time::sleep(DRAIN) => tracing::warn!("some requests were not answered within {DRAIN:?}"),
        () = signals.again() => tracing::warn!("told to stop twice: requests in flight are let go"),
    }
    answering.abort();
    if tokio::time::timeout(CLOSE, pool.close()).await.is_err() {
        tracing::warn!("some connections to the database did not close");
    }
    database.close().await;
    Ok(())
}

/// The database, migrated and not empty if there are seeds.
async fn prepare(config: &ServerConfig) -> anyhow::Result<(Database, PgPool)> {
    let common = &config.common;
    let database = Database::open(common.database_url(), &common.data_dir).await?;
    let pool = store::connect(database.url(), config.pool_size).await.with_context(|| {
        if common.database_url().is_some() {
            "DATABASE_URL cannot be used (unset it to use a private PostgreSQL)"
        } else {
            "the private PostgreSQL cannot be used"
        }
    })?;
    store::migrate(&pool).await?;
    Ok((database, pool))
}

fn router() -> axum::Router {
    axum::Router::new().route("/health/live", axum::routing::get(|| async { "ok\n" }))
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

/// SIGINT (Ctrl-C), SIGTERM, and SIGHUP (the terminal was closed) unless nohup asked to go on.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    /// The next one that is not a repetition: shells and supervisors may send one to us and to our whole group at once.
    async fn again(&mut self) {
        let begun = Instant::now();
        loop {
            self.next().await;
            if begun.elapsed() > REPEATED {
                return;
            }
        }
    }
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: if hang_up_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) },
        })
    }

    async fn next(&mut self) {
        let hang_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hang_up => {}
        }
    }
}

/// Were we started by nohup? Only Linux tells; elsewhere a hang-up ends us, in order.
#[cfg(unix)]
fn hang_up_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // SIGHUP is number 1, the lowest bit.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// Ctrl-C.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
