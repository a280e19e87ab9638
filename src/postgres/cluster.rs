//! A new cluster: PostgreSQL's own data, made by `initdb`, whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::Error;
use super::account::Account;
use super::layout::Layout;
use super::programs::Programs;

/// Owner of the database and of everything in it.
pub const OWNER: &str = "hoinghi";

/// The major version that wrote the cluster; `None` if there is no cluster yet.
pub fn written_by(cluster: &Path) -> Option<u32> {
    fs::read_to_string(cluster.join("PG_VERSION")).ok()?.trim().parse().ok()
}

/// Makes the cluster if it is not there.
///
/// Text is UTF-8 and compared by code point (the locale C), so that answers do not depend on the machine's locales.
/// Over the socket, whoever may enter its folder is let in; over loopback, whoever knows the password.
pub async fn create(layout: &Layout, account: &Account, programs: &Programs) -> Result<(), Error> {
    let cluster = layout.cluster();
    if written_by(&cluster).is_some() {
        return Ok(());
    }
    let failed = Error::data_dir(&cluster);
    // Made aside and moved, so that a crash half way does not leave something that looks like data.
    let fresh = layout.folder().join("postgres.new");
    if fresh.exists() {
        fs::remove_dir_all(&fresh).map_err(&failed)?;
    }
    fs::create_dir(&fresh).map_err(&failed)?;
    account.own(&fresh).map_err(&failed)?;
    new_password(&layout.password(), account).map_err(Error::data_dir(layout.password()))?;

    let program = programs.path("initdb");
    let mut command = account.command(&program, layout.folder());
    command.arg("-D").arg(&fresh).args(["-U", OWNER, "--encoding=UTF8", "--locale=C"]);
    command.args(["--auth-local=trust", "--auth-host=scram-sha-256"]).arg("--pwfile").arg(layout.password());
    let output = tokio::process::Command::from(command)
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| Error::Program { program: program.clone(), told: error.to_string() })?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Program { program, told: format!("{}\n{told}", output.status) });
    }
    fs::rename(&fresh, &cluster).map_err(&failed)
}

/// Writes 32 random bytes as a password that only PostgreSQL's user (and root) can read.
fn new_password(path: &Path, account: &Account) -> io::Result<()> {
    let mut random = [0; 32];
    File::open("/dev/urandom")?.read_exact(&mut random)?;
    let mut file = OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(path)?;
    for byte in random {
        write!(file, "{byte:02x}")?;
    }
    account.own(path)
}
