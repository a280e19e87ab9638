//! What the command line, the environment and `.env` say, read once and checked once.
//!
//! The command line wins over the environment, the environment over `.env`. Values that may hold a password are shown
//! neither by `--help` nor by `Debug`. Nothing here looks at a database or a folder; whoever uses a value does.

mod answering;

use std::fmt;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

pub use answering::AnsweringConfig;

/// Settings of the server, `hoinghi`.
#[derive(Clone, Debug, Parser)]
#[command(name = "hoinghi", version, about = "Serves answers about meetings over GraphQL, each with its evidence")]
pub struct ServerConfig {
    /// Which database, and how much is logged.
    #[command(flatten)]
    pub common: CommonConfig,

    /// Address to serve on; port 0 takes any free one
    #[arg(long, env = "LISTEN_ADDR", value_name = "HOST:PORT", default_value = "127.0.0.1:8000", value_parser = socket_address)]
    pub listen: SocketAddr,

    /// Folder loaded at the first start, into a database that is still empty
    #[arg(long, env = "HOINGHI_SEEDS", value_name = "FOLDER", default_value = "seeds")]
    pub seeds: PathBuf,

    /// Most connections to the database at a time
    #[arg(long, env = "HOINGHI_POOL_SIZE", value_name = "COUNT", default_value_t = 10,
          value_parser = clap::value_parser!(u32).range(1..=90))]
    pub pool_size: u32,

    /// Read from this copy of the database, a streaming replica, while it is there and not too far behind
    #[arg(long, env = "DATABASE_READ_URL", value_name = "URL", hide_env_values = true)]
    pub database_read_url: Option<DatabaseUrl>,

    /// For how many seconds the replica may miss what has been loaded, and still be read; with 0, not at all
    #[arg(long, env = "HOINGHI_MAX_LAG", value_name = "SECONDS", default_value = "0", value_parser = seconds)]
    pub max_lag: Duration,

    /// To whom, how much, for how long.
    #[command(flatten)]
    pub answering: AnsweringConfig,

    /// What to do instead of serving.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do instead of serving.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Make, list and revoke API keys
    #[command(subcommand)]
    Keys(KeysCommand),
}

/// What to do about API keys.
#[derive(Clone, Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key and print it: this once, it is stored nowhere
    Create {
        /// What to call it by
        #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
        name: String,
        /// Cost a minute that its holder may use; without it, what everybody may
        #[arg(long, value_name = "COST", value_parser = clap::value_parser!(i32).range(1..))]
        limit: Option<i32>,
    },
    /// List all keys, without telling them
    List,
    /// Revoke a key; servers that run know within seconds
    Revoke {
        /// The name it was made with
        name: String,
    },
}

/// Settings that the server and the seeder share.
#[derive(Args, Clone, Debug)]
pub struct CommonConfig {
    /// Use this PostgreSQL (postgres://USER:PASSWORD@HOST:PORT/DATABASE) instead of a private one
    // Read without any check that could fail, because clap repeats a refused value in its message.
    #[arg(long, env = "DATABASE_URL", value_name = "URL", hide_env_values = true, global = true)]
    pub database_url: Option<DatabaseUrl>,

    /// Where the private PostgreSQL keeps its data
    #[arg(long, env = "HOINGHI_DATA_DIR", value_name = "FOLDER", default_value_os_t = default_data_dir(), global = true)]
    pub data_dir: PathBuf,

    /// What is known of who is who, as YAML; without this option seeds/resolutions.yaml, if it is there
    #[arg(long, env = "HOINGHI_RESOLUTIONS", value_name = "FILE")]
    pub resolutions: Option<PathBuf>,

    /// What to log to standard error: error, warn, info, debug, trace, or a filter such as hoinghi=debug
    #[arg(long, env = "HOINGHI_LOG", value_name = "LEVEL", default_value = "warn", global = true)]
    pub log: String,
}

impl ServerConfig {
    /// The address of a replica to read from; an empty one counts as none.
    pub fn database_read_url(&self) -> Option<&str> {
        self.database_read_url.as_ref().map(DatabaseUrl::reveal).filter(|url| !url.is_empty())
    }
}

impl CommonConfig {
    /// The address of a database to use instead of a private one. An empty one counts as none, because that is how a
    /// variable is unset in `.env` files and in compose files.
    pub fn database_url(&self) -> Option<&str> {
        self.database_url.as_ref().map(DatabaseUrl::reveal).filter(|url| !url.is_empty())
    }
}

impl CommonConfig {
    /// The setting that the database's address comes from, as a user knows it.
    pub fn database_setting(&self) -> &'static str {
        let variable = std::env::var("DATABASE_URL").ok().map(DatabaseUrl::from);
        if variable == self.database_url { "DATABASE_URL" } else { "--database-url" }
    }
}

/// A database's address, whose password must not reach a log.
#[derive(Clone, Eq, PartialEq)]
pub struct DatabaseUrl(String);

impl DatabaseUrl {
    /// The address with its password, for the driver only.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for DatabaseUrl {
    fn from(url: String) -> Self {
        Self(url.trim().to_owned())
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseUrl(hidden)")
    }
}

/// Adds the variables of a `.env` file, of the working folder or one above it, to the environment where they are not
/// set yet. No such file is fine. Call it before any thread is started.
///
/// Errors name the place and never the line's content, which may be a password.
pub fn read_dotenv() -> Result<(), DotenvError> {
    match dotenvy::dotenv() {
        Ok(_) => Ok(()),
        Err(dotenvy::Error::Io(error)) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(dotenvy::Error::Io(error)) => Err(DotenvError::Unreadable(error)),
        Err(dotenvy::Error::LineParse(_, position)) => Err(DotenvError::Syntax(position)),
        Err(_) => Err(DotenvError::Syntax(0)),
    }
}

/// Why `.env` could not be used.
#[derive(Debug, thiserror::Error)]
pub enum DotenvError {
    /// The file is there and cannot be read.
    #[error("cannot read .env: {0}")]
    Unreadable(std::io::Error),
    /// A line is not of the form NAME=VALUE; the number counts characters into that line.
    #[error(".env: a line is not of the form NAME=VALUE (at its character {0}); put values with spaces or # in quotes")]
    Syntax(usize),
}

/// The platform's data folder; for root `/var/lib/hoinghi`, because PostgreSQL then runs as another user, who may not
/// enter root's home.
pub fn default_data_dir() -> PathBuf {
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        return PathBuf::from("/var/lib/hoinghi");
    }
    // Without a home there is no data folder; the working folder is then better than no answer.
    dirs::data_dir().map_or_else(|| PathBuf::from(".hoinghi"), |folder| folder.join("hoinghi"))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    seconds.ok_or_else(|| "write it as a number of seconds, for example 0, 0.5 or 10".to_owned())
}

fn socket_address(text: &str) -> Result<SocketAddr, String> {
    let mut found: Vec<SocketAddr> = text
        .to_socket_addrs()
        .map_err(|_| "write it as HOST:PORT, for example 127.0.0.1:8000 or 0.0.0.0:8000".to_owned())?
        .collect();
    // `localhost` has two addresses; the older one is what most people will type.
    found.sort_by_key(SocketAddr::is_ipv6);
    found.first().copied().ok_or_else(|| "this host has no address".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<ServerConfig, String> {
        ServerConfig::try_parse_from([&["hoinghi"], arguments].concat()).map_err(|error| error.to_string())
    }

    #[test]
    fn no_setting_is_needed_and_passwords_stay_hidden() -> Result<(), String> {
        let config = parse(&["--database-url", " postgres://somebody:s3cret@example.org/db "])?;
        assert_eq!(config.common.database_url(), Some("postgres://somebody:s3cret@example.org/db"));
        assert!(!format!("{config:?}").contains("s3cret"));
        assert_eq!(parse(&["--database-url", ""])?.common.database_url(), None);
        assert_eq!(parse(&["--listen", "localhost:0"])?.listen, SocketAddr::from(([127, 0, 0, 1], 0)));
        Ok(())
    }

    #[test]
    fn a_wrong_value_is_named_with_what_to_write() {
        for (arguments, told) in [
            (["--listen", "8000"], "HOST:PORT"),
            (["--listen", "127.0.0.1:http"], "HOST:PORT"),
            (["--pool-size", "0"], "1..=90"),
            (["--max-lag", "soon"], "number of seconds"),
        ] {
            let message = parse(&arguments).err().unwrap_or_default();
            assert!(message.contains(told) && message.contains(arguments[1]), "{message}");
        }
    }
}
