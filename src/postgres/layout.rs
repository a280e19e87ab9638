//! What lies where in the data folder.
//!
//! ```text
//! start.lock, users.lock   who starts, who uses (see lock.rs)
//! postgres/                PostgreSQL's own data, the cluster
//! postgres.log             what the server says
//! password                 of the database's owner, for connections over loopback
//! run/                     the server's socket
//! programs/17.5.0/bin      downloaded programs, if there were none
//! ```

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::Error;
use super::account::Account;

/// A log that grew beyond this is begun anew with the next start.
const LOG_LIMIT: u64 = 4 << 20;
/// How much of the log a message to a person quotes.
const TAIL: u64 = 2_000;

/// The data folder, which is there and absolute.
#[derive(Clone, Debug)]
pub struct Layout(PathBuf);

impl Layout {
    /// The folder, in the data folder, of downloaded installations.
    pub const PROGRAMS: &str = "programs";

    /// Makes the folder if need be: for us alone, or if we are root, to be entered (not read) by PostgreSQL's user too.
    pub fn prepare(folder: &Path) -> Result<Self, Error> {
        let failed = Error::data_dir(folder);
        DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(&failed)?;
        let folder = fs::canonicalize(folder).map_err(&failed)?;
        // A folder with something in it may be somebody's home; its permissions are left as they are.
        let fresh = fs::read_dir(&folder).map_err(&failed)?.next().is_none();
        if fresh && rustix::process::geteuid().is_root() {
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o711)).map_err(&failed)?;
        }
        Ok(Self(folder))
    }

    /// Refuses a folder that PostgreSQL's user cannot enter.
    pub fn check_reachable(&self, account: &Account) -> Result<(), Error> {
        if !account.is_other() {
            return Ok(());
        }
        // The system itself is asked, by entering; it knows of permissions that we would not think of.
        match account.command("true", &self.0).status() {
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                Err(Error::NotReachable { user: account.name().to_owned(), path: self.0.clone() })
            }
            _ => Ok(()),
        }
    }

    /// The data folder itself.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// PostgreSQL's own data.
    pub fn cluster(&self) -> PathBuf {
        self.0.join("postgres")
    }

    /// The folder of the server's socket.
    pub fn run(&self) -> PathBuf {
        self.0.join("run")
    }

    /// The file with the password of the database's owner.
    pub fn password(&self) -> PathBuf {
        self.0.join("password")
    }

    /// The parent of downloaded installations, each in a folder named by its version.
    pub fn programs(&self) -> PathBuf {
        self.0.join(Self::PROGRAMS)
    }

    /// Held while finding, starting and stopping.
    pub fn start_lock(&self) -> PathBuf {
        self.0.join("start.lock")
    }

    /// Shared by all who use the server.
    pub fn users_lock(&self) -> PathBuf {
        self.0.join("users.lock")
    }

    /// What the server says.
    pub fn log(&self) -> PathBuf {
        self.0.join("postgres.log")
    }

    /// The log, opened to be added to.
    pub fn open_log(&self) -> io::Result<File> {
        let path = self.log();
        let long = fs::metadata(&path).is_ok_and(|found| found.len() > LOG_LIMIT);
        if long {
            fs::remove_file(&path)?;
        }
        OpenOptions::new().create(true).append(true).mode(0o600).open(&path)
    }

    /// The end of the log, for a message.
    pub fn log_tail(&self) -> String {
        let read = || -> io::Result<String> {
            let mut file = File::open(self.log())?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes)?;
            Ok(String::from_utf8_lossy(&bytes).into_owned())
        };
        let text = read().unwrap_or_default();
        let lines: Vec<&str> = text.lines().rev().take(10).collect();
        lines.into_iter().rev().fold(String::new(), |text, line| text + "  " + line + "\n")
    }
}
