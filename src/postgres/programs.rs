//! Finds PostgreSQL's programs on this machine.
//!
//! A folder counts only if `initdb`, `postgres` and `pg_ctl` are all there, run as the user who will run them, and are
//! new enough. Debian, for example, puts a `pg_config` where no server is.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::account::Account;

/// The oldest major version that will do: the oldest in general use, and the one from which on a second server on the
/// same data is refused reliably.
pub const OLDEST: u32 = 13;

/// One installation of PostgreSQL's server.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Programs {
    folder: PathBuf,
    /// Major version, such as 17.
    pub major: u32,
}

impl Search {
    /// The first that can run data written by major version `written`; any of them for new data.
    pub fn suitable(&self, written: Option<u32>) -> Option<&Programs> {
        self.found.iter().find(|programs| written.is_none_or(|major| major == programs.major))
    }
}

impl Programs {
    /// Those of major version `major` in `folder`.
    pub fn at(folder: impl Into<PathBuf>, major: u32) -> Self {
        Self { folder: folder.into(), major }
    }

    /// The path of a program of this installation.
    pub fn path(&self, program: &str) -> PathBuf {
        self.folder.join(program)
    }
}

/// Installations found, in the order of preference, and the folders looked into with what was wrong with them.
#[derive(Debug, Default)]
pub struct Search {
    /// What will do.
    pub found: Vec<Programs>,
    /// One folder a line, for the message to a person.
    pub looked: String,
}

/// Looks through `folders` in their order.
pub fn search(folders: &[PathBuf], account: &Account) -> Search {
    let mut search = Search::default();
    let mut seen = Vec::new();
    for folder in folders {
        // PATH may name a folder of links, or one folder twice.
        let real = fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
        if seen.contains(&real) {
            continue;
        }
        let verdict = match examine(folder, account) {
            Ok(major) => {
                search.found.push(Programs::at(folder, major));
                format!("PostgreSQL {major}")
            }
            Err(why) => why,
        };
        let _ = writeln!(search.looked, "  {}: {verdict}", folder.display());
        seen.push(real);
    }
    search
}

/// The major version of the server in `folder`, or what is wrong with it.
fn examine(folder: &Path, account: &Account) -> Result<u32, String> {
    if !folder.is_dir() {
        return Err("no such folder".to_owned());
    }
    let missing: Vec<&str> =
        ["initdb", "postgres", "pg_ctl"].into_iter().filter(|name| !folder.join(name).is_file()).collect();
    match missing.len() {
        0 => {}
        3 => return Err("no server here".to_owned()),
        _ => return Err(format!("incomplete, without {}", missing.join(" and "))),
    }
    // Run as the user who is to run it, which tells also whether that user may.
    let output = account
        .command(folder.join("postgres"), Path::new("/"))
        .arg("--version")
        .output()
        .map_err(|error| format!("cannot be run by user {}: {error}", account.name()))?;
    let told = String::from_utf8_lossy(&output.stdout);
    match major(&told) {
        Some(major) if major < OLDEST => Err(format!("version {major} is too old")),
        Some(major) if output.status.success() => Ok(major),
        _ => Err(format!("`postgres --version` is not understood: {}", told.trim())),
    }
}

/// The 15 of `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`; before 10 the major version had two parts.
fn major(told: &str) -> Option<u32> {
    let number = told.split_once("(PostgreSQL)")?.1.trim_start();
    let digits = number.split(|c: char| !c.is_ascii_digit()).next()?;
    digits.parse().ok()
}

/// Where to look for programs, in the order of preference: what the machine has, then what lies in `downloaded`.
pub fn folders(downloaded: &Path) -> Vec<PathBuf> {
    let mut folders = usual_folders();
    folders.extend(newest_first(downloaded, "").into_iter().map(|folder| folder.join("bin")));
    folders
}

/// Where programs are usually installed, in the order of preference.
fn usual_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("PATH")
        .map(|path| env::split_paths(&path).filter(|folder| folder.is_absolute()).collect())
        .unwrap_or_default();
    folders.retain(|folder| folder.join("initdb").is_file() || folder.join("postgres").is_file());
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        folders.push(PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    }
    for (parent, prefix, rest) in [
        ("/usr/lib/postgresql", "", "bin"),         // Debian, Ubuntu
        ("/usr", "pgsql-", "bin"),                  // RHEL, from PostgreSQL's own repository
        ("/usr/libexec", "postgresql", ""),         // Alpine
        ("/opt/homebrew/opt", "postgresql", "bin"), // Homebrew on Apple silicon
        ("/usr/local/opt", "postgresql", "bin"),    // Homebrew on Intel
        ("/home/linuxbrew/.linuxbrew/opt", "postgresql", "bin"),
        ("/Library/PostgreSQL", "", "bin"), // EDB's installer for macOS
        ("/opt/PostgreSQL", "", "bin"),     // EDB's installer for Linux
        ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
    ] {
        folders.extend(newest_first(Path::new(parent), prefix).into_iter().map(|folder| folder.join(rest)));
    }
    folders.extend(["/usr/bin", "/usr/local/bin", "/usr/local/pgsql/bin"].map(PathBuf::from));
    folders.retain(|folder| !folder.as_os_str().is_empty());
    folders
}

/// Folders in `parent` whose names start with `prefix`, the highest version number first.
fn newest_first(parent: &Path, prefix: &str) -> Vec<PathBuf> {
    let mut versions: Vec<(Vec<u32>, PathBuf)> = fs::read_dir(parent)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .map(|entry| {
            let name = entry.file_name();
            let numbers = name.to_string_lossy().split(|c: char| !c.is_ascii_digit()).flat_map(str::parse).collect();
            (numbers, entry.path())
        })
        .collect();
    versions.sort_by(|a, b| b.cmp(a));
    versions.into_iter().map(|(_, folder)| folder).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A folder with programs of which `postgres` says that it is of `version`.
    fn installation(parent: &Path, name: &str, programs: &[&str], version: &str) -> std::io::Result<PathBuf> {
        let folder = parent.join(name);
        fs::create_dir_all(&folder)?;
        for path in [parent, &folder] {
            fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
        }
        for program in programs {
            // Written by another process: one that another test starts meanwhile could inherit our open file, and the
            // system runs no program that somebody may still write to.
            let script =
                "printf '#!/bin/sh\\necho \"postgres (PostgreSQL) %s\"\\n' \"$1\" > \"$0\" && chmod 755 \"$0\"";
            Command::new("sh").args(["-c", script]).arg(folder.join(program)).arg(version).status()?;
        }
        Ok(folder)
    }

    #[test]
    fn only_whole_and_recent_installations_count() -> Result<(), Box<dyn std::error::Error>> {
        let temp = tempfile::tempdir()?;
        let all = ["initdb", "postgres", "pg_ctl"];
        let folders = [
            temp.path().join("nowhere"),
            installation(temp.path(), "clients", &["psql"], "17.2")?,
            installation(temp.path(), "partly", &["postgres"], "17.2")?,
            installation(temp.path(), "old", &all, "12.22")?,
            installation(temp.path(), "odd", &all, "?")?,
            installation(temp.path(), "debian", &all, "15.14 (Debian 15.14-0+deb12u1)")?,
            installation(temp.path(), "beta", &all, "19beta1")?,
        ];
        let account = Account::for_cluster(Path::new("/nonexistent/cluster"))?;
        let search = search(&folders, &account);
        assert_eq!(search.found.iter().map(|found| found.major).collect::<Vec<_>>(), [15, 19], "{}", search.looked);
        for told in [
            "nowhere: no such folder",
            "clients: no server here",
            "partly: incomplete, without initdb and pg_ctl",
            "old: version 12 is too old",
            "odd: `postgres --version` is not understood",
        ] {
            assert!(search.looked.contains(told), "{told}: {}", search.looked);
        }
        // Data go with the version that wrote them, not with the first one found.
        for (written, expected) in [(None, Some(15)), (Some(19), Some(19)), (Some(16), None)] {
            assert_eq!(search.suitable(written).map(|found| found.major), expected);
        }
        Ok(())
    }

    #[test]
    fn the_newest_version_comes_first() -> Result<(), Box<dyn std::error::Error>> {
        let temp = tempfile::tempdir()?;
        for name in ["postgresql@9.6", "postgresql@15", "postgresql@17", "postgresql", "redis"] {
            fs::create_dir(temp.path().join(name))?;
        }
        let found = newest_first(temp.path(), "postgresql");
        let names: Vec<_> = found.iter().filter_map(|folder| folder.file_name()?.to_str()).collect();
        assert_eq!(names, ["postgresql@17", "postgresql@15", "postgresql@9.6", "postgresql"]);
        // What was downloaded comes last, here too the newest first.
        let folders = folders(temp.path());
        let downloaded: Vec<_> = folders.iter().rev().take_while(|folder| folder.starts_with(temp.path())).collect();
        assert_eq!(downloaded.last(), Some(&&temp.path().join("postgresql@17/bin")));
        Ok(())
    }
}
