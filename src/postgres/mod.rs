//! The database's address: the one that was set, or that of a private PostgreSQL, found or started for whoever has none.
//!
//! Nothing here knows what is in the database. The private server outlives a crash of ours; the next start and the
//! seeder find it again and share it, and the last one to leave stops it (see `server.rs` and `lock.rs`).

#[cfg(unix)]
mod account;
#[cfg(unix)]
mod archive;
#[cfg(unix)]
mod cluster;
mod error;
#[cfg(unix)]
mod installation;
#[cfg(unix)]
mod layout;
#[cfg(unix)]
mod lock;
#[cfg(unix)]
mod postmaster;
#[cfg(unix)]
mod programs;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod watch;

use std::path::Path;

pub use error::Error;
#[cfg(unix)]
pub use installation::Installation;
#[cfg(unix)]
pub use server::PrivateServer;

/// Stands where no private server can be started.
#[cfg(not(unix))]
pub enum PrivateServer {}

/// A database to connect to, kept running for as long as this lives.
pub struct Database {
    url: String,
    server: Option<PrivateServer>,
    #[cfg(unix)]
    watched: Option<watch::Watched>,
}

impl Database {
    /// The database at `url` if there is one, else that of the private server with its data in `data_dir`. Whether
    /// anybody answers at `url` is seen when connecting.
    pub async fn open(url: Option<&str>, data_dir: &Path) -> Result<Self, Error> {
        if let Some(url) = url {
            return Ok(Self::at(url.to_owned(), None));
        }
        #[cfg(unix)]
        {
            let server = PrivateServer::start(data_dir).await?;
            Ok(Self::at(server.url().to_owned(), Some(server)))
        }
        #[cfg(not(unix))]
        {
            let _ = data_dir;
            Err(Error::Platform)
        }
    }

    fn at(url: String, server: Option<PrivateServer>) -> Self {
        Self {
            url,
            server,
            #[cfg(unix)]
            watched: None,
        }
    }

    /// From now on, starts the private server again when it dies. Close this database then, rather than dropping it:
    /// what is watched is let go by a task.
    pub fn watch(&mut self) {
        #[cfg(unix)]
        if let Some(server) = self.server.take() {
            self.watched = Some(watch::Watched::new(server));
        }
    }

    /// The address to connect to. It may hold a password; log none of it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Lets go of the database: the private server is stopped if nobody else uses it. Close connections first.
    pub async fn close(self) {
        #[cfg(unix)]
        match (self.server, self.watched) {
            (Some(server), _) => server.close().await,
            (None, Some(watched)) => watched.close().await,
            (None, None) => {}
        }
    }
}
