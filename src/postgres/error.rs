//! What can go wrong with the private PostgreSQL, each with what to do about it.

use std::io;
use std::path::PathBuf;

/// Why there is no private PostgreSQL. Messages are meant for a person at a terminal and stand on their own.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Neither programs on this machine nor a download: one screen that says what to install.
    #[error(
        "no PostgreSQL found on this machine, and none could be downloaded ({download}).\n\n\
         Install its server, version {oldest} or newer, then run this command again:\n\n  \
           Debian, Ubuntu   sudo apt install postgresql\n  \
           Fedora, RHEL     sudo dnf install postgresql-server\n  \
           Arch             sudo pacman -S postgresql\n  \
           Alpine           sudo apk add postgresql\n  \
           macOS            brew install postgresql@17, or https://postgresapp.com\n\n\
         or name a PostgreSQL that runs somewhere: DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/DATABASE\n\n\
         Looked for initdb, postgres and pg_ctl, all three in one folder, in:\n{looked}"
    )]
    NotFound {
        /// Why the download failed.
        download: String,
        /// The oldest version that will do.
        oldest: u32,
        /// Folders looked into, one a line, with what was wrong with those that came close.
        looked: String,
    },
    /// The data were written by another major version than all the programs that were found.
    #[error(
        "the data in {folder} were written by PostgreSQL {written}; found here: {found}, and {written} could not be \
         downloaded ({download}).\nInstall PostgreSQL {written}, or move that folder away to begin with an empty \
         database (documents can be loaded again), or choose another --data-dir."
    )]
    OtherMajor {
        /// The cluster's folder.
        folder: PathBuf,
        /// Major version that wrote it.
        written: u32,
        /// Major versions found.
        found: String,
        /// Why that version could not be downloaded.
        download: String,
    },
    /// The data folder cannot be made, read or written.
    #[error("cannot use the data folder {path}: {cause}. Choose another with --data-dir or HOINGHI_DATA_DIR.")]
    DataDir {
        /// The folder or file concerned.
        path: PathBuf,
        /// The system's words.
        cause: io::Error,
    },
    /// PostgreSQL refuses to run as root, and the user it would run as cannot enter the data folder.
    #[error(
        "started as root, PostgreSQL has to run as the user {user}, who may not enter {path}. Choose a --data-dir that \
         every user may enter, such as /var/lib/hoinghi, or allow it with chmod o+x on its parents."
    )]
    NotReachable {
        /// Name or number of the user.
        user: String,
        /// The data folder.
        path: PathBuf,
    },
    /// Started as root on a machine that has neither a user `postgres` nor `nobody`.
    #[error(
        "started as root, and PostgreSQL refuses to run as root: add a user named postgres, start as another user, or \
         set DATABASE_URL"
    )]
    NoAccount,
    /// The cluster belongs to another user than the one who started us.
    #[error("the data in {path} belong to user number {owner}: start as that user or choose another --data-dir")]
    OtherOwner {
        /// The cluster's folder.
        path: PathBuf,
        /// Numeric user id.
        owner: u32,
    },
    /// A program of PostgreSQL failed.
    #[error("{program} failed: {told}")]
    Program {
        /// Its path.
        program: PathBuf,
        /// What it said, or why it could not be run.
        told: String,
    },
    /// The server did not come up, or not in time.
    #[error("the private PostgreSQL did not start: {why}\nThe last lines of {log}:\n{tail}")]
    NotStarted {
        /// What was seen.
        why: String,
        /// Its log file.
        log: PathBuf,
        /// The end of the log.
        tail: String,
    },
    /// Another process has been starting or stopping the server for too long.
    #[error("another process has been starting or stopping the private PostgreSQL in {0} for too long; is it stuck?")]
    Busy(PathBuf),
    /// The database of the project could not be made.
    // Without the line of PostgreSQL's own source that the driver adds.
    #[error("cannot create the database in the private PostgreSQL: {}",
        .0.as_database_error().map_or_else(|| .0.to_string(), |error| error.message().to_owned()))]
    Database(sqlx::Error),
    /// This platform is not supported by the private server.
    #[error(
        "a private PostgreSQL is started on Unix only; set DATABASE_URL=postgres://USER:PASSWORD@HOST:PORT/DATABASE"
    )]
    Platform,
}

impl Error {
    /// Makes the system's error about a file or folder in the data folder one of ours.
    pub(super) fn data_dir(path: impl Into<PathBuf>) -> impl Fn(io::Error) -> Self {
        let path = path.into();
        move |cause| Self::DataDir { path: path.clone(), cause }
    }
}
