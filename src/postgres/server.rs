//! The private server's life: found or started for the first who needs it, stopped by the last.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::{Duration, Instant};

use sqlx::Postgres;
use sqlx::error::DatabaseError;
use sqlx::migrate::MigrateDatabase;

use super::account::Account;
use super::layout::Layout;
use super::postmaster::{self, Endpoint, PidFile};
use super::programs::{self, Programs, Search};
use super::{Error, archive, cluster, lock};

/// The project's database.
const DATABASE: &str = "hoinghi";
/// Replaying what a crash left takes time; so does making a cluster on a slow disk while another process waits for us.
const START: Duration = Duration::from_mins(2);
/// How long somebody else may take to make the database.
const CREATE: Duration = Duration::from_secs(30);
/// How long to wait for another who starts or stops, when we leave; whoever starts will stop the server in our place.
const LEAVE: Duration = Duration::from_secs(10);
/// How long `pg_ctl stop` waits, in seconds, before it is told to be less polite.
const STOP_SECONDS: &str = "30";
/// A port may be taken between looking for it and listening on it; a killed server's processes may linger for a moment.
const ATTEMPTS: u32 = 3;
/// The pause between two attempts.
const RETRY: Duration = Duration::from_millis(500);

/// A PostgreSQL of our own, shared by all processes with the same data folder.
///
/// Dropping it stops the server if nobody else uses it, which may take some seconds; [`PrivateServer::close`] does so
/// without holding up a runtime.
pub struct PrivateServer {
    layout: Layout,
    account: Account,
    programs: Programs,
    /// Where it listens; known once it is up.
    endpoint: Option<Endpoint>,
    url: String,
    /// Ours only if we started the server.
    child: Option<Child>,
    /// Held until the server is up.
    start_lock: Option<File>,
    /// Shared for as long as we use the server.
    users_lock: Option<File>,
}

impl PrivateServer {
    /// Finds the server that runs on `data_dir`, or starts one, and makes the project's database if it is not there.
    /// Who does so at the same moment waits for the other and shares its server.
    pub async fn start(data_dir: &Path) -> Result<Self, Error> {
        let layout = Layout::prepare(data_dir)?;
        let start_lock = lock::open(&layout.start_lock()).map_err(Error::data_dir(layout.start_lock()))?;
        wait_for(&start_lock, &layout).await?;
        let users_lock = lock::open(&layout.users_lock()).map_err(Error::data_dir(layout.users_lock()))?;
        // At once, because it is taken exclusively only by who holds the other.
        users_lock.lock_shared().map_err(Error::data_dir(layout.users_lock()))?;

        let account = Account::for_cluster(&layout.cluster())?;
        layout.check_reachable(&account)?;
        let programs = find_programs(&layout, &account).await?;
        let mut server = Self {
            layout,
            account,
            programs,
            endpoint: None,
            url: String::new(),
            child: None,
            start_lock: Some(start_lock),
            users_lock: Some(users_lock),
        };
        // From here on dropping stops what was started, be it for an error or because nobody waits for us any more.
        server.bring_up().await?;
        server.start_lock = None;
        Ok(server)
    }

    /// The address of the project's database. It may hold a password; log none of it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Stops the server if nobody else uses it.
    pub async fn close(self) {
        if let Err(error) = tokio::task::spawn_blocking(move || drop(self)).await {
            tracing::warn!("stopping the private PostgreSQL: {error}");
        }
    }

    async fn bring_up(&mut self) -> Result<(), Error> {
        cluster::create(&self.layout, &self.account, &self.programs).await?;
        let endpoint = self.find_or_launch().await?;
        self.url = endpoint.url(DATABASE);
        self.endpoint = Some(endpoint);
        create_database(&self.url).await.map_err(Error::Database)
    }

    /// Starts the server again if it is gone, at the address where it was; `true` if it was gone.
    pub(super) async fn revive(&mut self) -> Result<bool, Error> {
        if postmaster::is_alive(&self.layout.cluster()) {
            return Ok(false);
        }
        let start_lock = lock::open(&self.layout.start_lock()).map_err(Error::data_dir(self.layout.start_lock()))?;
        wait_for(&start_lock, &self.layout).await?;
        // Held here, where dropping us finds it, as at the start.
        self.start_lock = Some(start_lock);
        if let Some(mut dead) = self.child.take() {
            drop(dead.kill().and_then(|()| dead.wait()));
        }
        let revived = self.find_or_launch().await;
        self.start_lock = None;
        if Some(revived?) == self.endpoint { Ok(true) } else { Err(self.not_started("it listens elsewhere by now")) }
    }

    async fn find_or_launch(&mut self) -> Result<Endpoint, Error> {
        match self.running().await? {
            Some(endpoint) => Ok(endpoint),
            None => self.launch().await,
        }
    }

    /// Where the server listens that somebody started before us, perhaps before a crash; `None` if none runs.
    async fn running(&self) -> Result<Option<Endpoint>, Error> {
        let cluster = self.layout.cluster();
        let deadline = Instant::now() + START;
        loop {
            if let Some(found) = PidFile::read(&cluster)
                && let Ok(endpoint) = found.endpoint(&self.layout)
                && endpoint.answers().await
            {
                return Ok(Some(endpoint));
            }
            if !postmaster::is_alive(&cluster) {
                postmaster::clear_traces(&self.layout).map_err(Error::data_dir(&cluster))?;
                return Ok(None);
            }
            // It is starting or stopping.
            if Instant::now() > deadline {
                return Err(self.not_started("it runs and does not answer"));
            }
            tokio::time::sleep(lock::PAUSE).await;
        }
    }

    async fn launch(&mut self) -> Result<Endpoint, Error> {
        let mut attempt = 1;
        loop {
            let endpoint = Endpoint::choose(&self.layout).map_err(Error::data_dir(self.layout.password()))?;
            let child = postmaster::spawn(&self.layout, &self.account, &self.programs, &endpoint)
                .map_err(|error| self.not_started(&error.to_string()))?;
            self.child = Some(child);
            match self.wait_until_ready(&endpoint).await {
                // Ended, not slow: in the latter case there still is a child.
                Err(_) if attempt < ATTEMPTS && self.child.is_none() => {
                    attempt += 1;
                    tokio::time::sleep(RETRY).await;
                }
                Err(error) => return Err(error),
                Ok(()) => return Ok(endpoint),
            }
        }
    }

    async fn wait_until_ready(&mut self, endpoint: &Endpoint) -> Result<(), Error> {
        let deadline = Instant::now() + START;
        loop {
            if let Some(child) = &mut self.child
                && let Ok(Some(status)) = child.try_wait()
            {
                self.child = None;
                return Err(self.not_started(&format!("it ended at once ({status})")));
            }
            if endpoint.answers().await {
                return Ok(());
            }
            if Instant::now() > deadline {
                return Err(self.not_started("it does not answer"));
            }
            tokio::time::sleep(lock::PAUSE).await;
        }
    }

    fn not_started(&self, why: &str) -> Error {
        Error::NotStarted { why: why.to_owned(), log: self.layout.log(), tail: self.layout.log_tail() }
    }

    /// Stops the server unless somebody else uses it. Blocks the thread.
    fn stop_if_last(&mut self) -> std::io::Result<()> {
        let start_lock = match self.start_lock.take() {
            Some(held) => held,
            None => lock::open(&self.layout.start_lock())?,
        };
        // Ours first: who holds the start lock now and finds us gone stops the server in our place.
        self.users_lock = None;
        if !lock::exclusive(&start_lock, LEAVE)? {
            return Ok(());
        }
        let users_lock = lock::open(&self.layout.users_lock())?;
        if !lock::try_exclusive(&users_lock)? {
            return Ok(());
        }
        if !postmaster::is_alive(&self.layout.cluster()) {
            // Perhaps we started it a moment ago and it has not even noted its number.
            return self.child.take().map_or(Ok(()), |mut child| child.kill().and_then(|()| child.wait()).map(drop));
        }
        for mode in ["fast", "immediate"] {
            let mut command = self.account.command(self.programs.path("pg_ctl"), self.layout.folder());
            command.arg("stop").arg("-D").arg(self.layout.cluster()).args(["-s", "-w", "-t", STOP_SECONDS, "-m", mode]);
            let output = command.output()?;
            if output.status.success() {
                break;
            }
            tracing::warn!("pg_ctl stop: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        if let Some(mut child) = self.child.take() {
            // It is gone or about to be; this only takes it off the system's list.
            drop(child.wait());
        }
        Ok(())
    }
}

impl Drop for PrivateServer {
    fn drop(&mut self) {
        if let Err(error) = self.stop_if_last() {
            tracing::warn!("the private PostgreSQL may still run: {error}");
        }
    }
}

/// Makes the database if it is not there. Somebody else may be about to: a program of ours that was killed leaves its
/// CREATE DATABASE running.
async fn create_database(url: &str) -> Result<(), sqlx::Error> {
    // duplicate_database, unique_violation (both made at the same moment), object_in_use (the template is being copied)
    const IN_THE_MAKING: [&str; 3] = ["42P04", "23505", "55006"];
    let deadline = Instant::now() + CREATE;
    while !Postgres::database_exists(url).await? {
        match Postgres::create_database(url).await {
            Ok(()) => break,
            Err(error) => {
                let code = error.as_database_error().and_then(DatabaseError::code);
                if !code.is_some_and(|code| IN_THE_MAKING.contains(&&*code)) || Instant::now() > deadline {
                    return Err(error);
                }
            }
        }
        tokio::time::sleep(lock::PAUSE).await;
    }
    Ok(())
}

async fn wait_for(file: &File, layout: &Layout) -> Result<(), Error> {
    let deadline = Instant::now() + START;
    while !lock::try_exclusive(file).map_err(Error::data_dir(layout.start_lock()))? {
        if Instant::now() > deadline {
            return Err(Error::Busy(layout.folder().to_owned()));
        }
        tokio::time::sleep(lock::PAUSE).await;
    }
    Ok(())
}

/// Programs that can run this data: those of the machine, those downloaded before, those that a download gives.
pub(super) async fn find_programs(layout: &Layout, account: &Account) -> Result<Programs, Error> {
    let written = cluster::written_by(&layout.cluster());
    let search = programs::search(&programs::folders(&layout.programs()), account);
    if let Some(programs) = search.suitable(written) {
        return Ok(programs.clone());
    }
    let why = match archive::download(&layout.programs(), written).await {
        Ok(folder) => {
            let downloaded = programs::search(&[folder], account);
            match downloaded.suitable(written) {
                Some(programs) => return Ok(programs.clone()),
                None => format!("what was downloaded does not run here:{}", downloaded.looked),
            }
        }
        Err(why) => why,
    };
    Err(none_suitable(&search, written, layout.cluster(), why))
}

/// What to tell whoever has no programs, or only programs that cannot run the data.
fn none_suitable(search: &Search, written: Option<u32>, folder: PathBuf, download: String) -> Error {
    match written {
        Some(written) if !search.found.is_empty() => {
            // One installation may be found twice, by its links too.
            let majors: BTreeSet<u32> = search.found.iter().map(|programs| programs.major).collect();
            let found: Vec<String> = majors.iter().map(u32::to_string).collect();
            Error::OtherMajor { folder, written, found: found.join(", "), download }
        }
        _ => Error::NotFound { download, oldest: programs::OLDEST, looked: search.looked.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_has_no_programs_is_told_on_one_screen_what_to_install() {
        let search = Search { found: Vec::new(), looked: "  /usr/bin: no server here\n".to_owned() };
        let told = none_suitable(&search, None, PathBuf::from("/data/postgres"), "offline".to_owned()).to_string();
        for expected in ["offline", "apt install postgresql", "brew install", "DATABASE_URL=", "/usr/bin: no server"] {
            assert!(told.contains(expected), "{expected}: {told}");
        }
        assert!(told.lines().count() <= 24 && told.lines().all(|line| line.len() <= 120), "{told}");
    }

    #[test]
    fn data_of_another_version_are_named_with_what_to_do() {
        let found = vec![
            Programs::at("/usr/lib/postgresql/15/bin", 15),
            Programs::at("/opt/17/bin", 17),
            Programs::at("/bin", 15),
        ];
        let search = Search { found, looked: String::new() };
        let told = none_suitable(&search, Some(12), PathBuf::from("/data/postgres"), "offline".to_owned()).to_string();
        for expected in ["/data/postgres", "PostgreSQL 12", "found here: 15, 17", "--data-dir"] {
            assert!(told.contains(expected), "{expected}: {told}");
        }
    }
}
