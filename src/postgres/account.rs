//! Who runs PostgreSQL's programs: we ourselves, or, because `postgres` refuses to run as root, another user.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::Error;

/// The user that owns the cluster and runs the programs.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Account {
    /// Set if we are root: the user and group to become.
    other: Option<(u32, u32)>,
    /// For messages.
    name: String,
}

impl Account {
    /// Ourselves, or if we are root: the owner of `cluster` if it is there, else `postgres`, else `nobody`.
    pub fn for_cluster(cluster: &Path) -> Result<Self, Error> {
        let us = rustix::process::geteuid().as_raw();
        let owner = fs::metadata(cluster).ok().map(|found| (found.uid(), found.gid()));
        match owner {
            Some((owner, _)) if us != 0 && owner != us => Err(Error::OtherOwner { path: cluster.to_owned(), owner }),
            // The machine's users may have changed since; who wrote the data can read them.
            Some((uid, gid)) if us == 0 && uid != 0 => Ok(Self { other: Some((uid, gid)), name: uid.to_string() }),
            _ => Self::for_new_cluster(),
        }
    }

    /// Ourselves, or if we are root: `postgres`, else `nobody`.
    pub fn for_new_cluster() -> Result<Self, Error> {
        let us = rustix::process::geteuid().as_raw();
        if us != 0 {
            return Ok(Self { other: None, name: us.to_string() });
        }
        unprivileged(&fs::read_to_string("/etc/passwd").unwrap_or_default()).ok_or(Error::NoAccount)
    }

    /// `program`, to be run as this user, with neither our standard input nor our settings for PostgreSQL's clients.
    ///
    /// It runs in `folder`, which has to be one that the user may enter.
    pub fn command(&self, program: impl AsRef<OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(folder).stdin(Stdio::null());
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("PG") || text.starts_with("LC_") || text == "DATABASE_URL" || text == "LANGUAGE" {
                command.env_remove(name);
            }
        }
        command.env("LC_ALL", "C");
        if let Some((uid, gid)) = self.other {
            command.uid(uid).gid(gid);
        }
        command
    }

    /// Hands `path` over to this user and closes it to everybody else; a folder gets mode 0700, a file 0600.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        if let Some((uid, gid)) = self.other {
            chown(path, Some(uid), Some(gid))?;
        }
        let mode = if path.is_dir() { 0o700 } else { 0o600 };
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    /// Is this somebody else than we are?
    pub fn is_other(&self) -> bool {
        self.other.is_some()
    }

    /// Name or number, for messages.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// `postgres`, else `nobody`, in the format of passwd(5).
fn unprivileged(users: &str) -> Option<Account> {
    let find = |wanted: &str| {
        users.lines().find_map(|line| {
            let mut cells = line.split(':');
            let name = cells.next().filter(|name| *name == wanted)?;
            let (uid, gid) = (cells.nth(1)?.parse().ok()?, cells.next()?.parse().ok()?);
            (uid != 0).then(|| Account { other: Some((uid, gid)), name: name.to_owned() })
        })
    };
    find("postgres").or_else(|| find("nobody"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_becomes_postgres_or_nobody() {
        let nobody = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65533:nobody:/:/sbin/nologin\n";
        let postgres = format!("{nobody}postgres:x:70:71::/var/lib/postgresql:/bin/sh\n");
        for (users, expected) in [
            (nobody, Some(("nobody", (65534, 65533)))),
            (postgres.as_str(), Some(("postgres", (70, 71)))),
            ("root:x:0:0:root:/root:/bin/sh\npostgres:x:0:0::/:/bin/sh\n", None),
            ("postgres:x:seventy:70::/:/bin/sh", None),
            ("", None),
        ] {
            let found = unprivileged(users);
            assert_eq!(found.as_ref().map(|a| (a.name(), a.other.unwrap_or_default())), expected, "{users}");
        }
    }
}
