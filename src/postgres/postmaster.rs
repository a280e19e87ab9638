//! The running server: what its `postmaster.pid` says, whether that is still true, how to reach it, how to start it.

use std::fs;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::Duration;

use sqlx::{Connection, PgConnection};

use super::account::Account;
use super::cluster::OWNER;
use super::layout::Layout;
use super::programs::Programs;

/// The longest socket path that every Unix takes (108 bytes on Linux, 104 on macOS) with some room.
const LONGEST_SOCKET: usize = 100;
/// The socket lies in a folder of its own, so that this number need not be free.
const SOCKET_PORT: u16 = 5432;
/// How long one attempt to connect may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the server listens.
#[derive(Clone, Eq, PartialEq)]
pub enum Endpoint {
    /// On a Unix socket in this folder.
    Socket(String),
    /// On 127.0.0.1 at this port.
    Loopback {
        /// The port.
        port: u16,
        /// Password of the database's owner.
        password: String,
    },
}

impl Endpoint {
    /// Where a server to be started is to listen: on a socket, or where its path would be too long, on a free port.
    pub fn choose(layout: &Layout) -> io::Result<Self> {
        match layout.run().to_str() {
            Some(folder) if format!("{folder}/.s.PGSQL.{SOCKET_PORT}").len() <= LONGEST_SOCKET => {
                Ok(Self::Socket(folder.to_owned()))
            }
            _ => {
                // The one it had before, if it is free: whoever still uses that finds it again.
                let free = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).and_then(|bound| bound.local_addr());
                let before = last_port(&layout.cluster()).and_then(|port| free(port).ok());
                let address = before.map_or_else(|| free(0), Ok)?;
                Self::loopback(layout, address.port())
            }
        }
    }

    fn loopback(layout: &Layout, port: u16) -> io::Result<Self> {
        let password = fs::read_to_string(layout.password())?.trim().to_owned();
        Ok(Self::Loopback { port, password })
    }

    /// The address of a database there, with the password if it takes one.
    pub fn url(&self, database: &str) -> String {
        match self {
            Self::Socket(folder) => {
                let folder = percent_encoded(folder);
                format!("postgres://{OWNER}@localhost:{SOCKET_PORT}/{database}?host={folder}&sslmode=disable")
            }
            Self::Loopback { port, password } => {
                format!("postgres://{OWNER}:{password}@127.0.0.1:{port}/{database}?sslmode=disable")
            }
        }
    }

    /// Does somebody let us in?
    pub async fn answers(&self) -> bool {
        let url = self.url("postgres");
        match tokio::time::timeout(PATIENCE, PgConnection::connect(&url)).await {
            Ok(Ok(connection)) => {
                drop(connection.close().await);
                true
            }
            _ => false,
        }
    }

    fn settings(&self) -> Vec<String> {
        match self {
            Self::Socket(folder) => vec![
                "listen_addresses=".to_owned(),
                // A list, whose items are quoted because they may hold a comma or a space.
                format!("unix_socket_directories=\"{}\"", folder.replace('"', "\"\"")),
                "unix_socket_permissions=0700".to_owned(),
                format!("port={SOCKET_PORT}"),
            ],
            Self::Loopback { port, .. } => vec![
                "listen_addresses=127.0.0.1".to_owned(),
                "unix_socket_directories=".to_owned(),
                format!("port={port}"),
            ],
        }
    }
}

/// Everything but letters and digits as %XX.
fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// Where the server listens, as `postmaster.pid` says.
pub struct PidFile {
    port: u16,
    socket_folder: String,
}

impl PidFile {
    /// Reads it from the cluster's folder; `None` if it is not there or not written to its end.
    pub fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(path(cluster)).ok()?)
    }

    // Lines: process, data folder, time of start, port, socket's folder, address listened on, shared memory, status.
    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let [_, _, _, port, socket_folder, ..] = lines.as_slice() else { return None };
        Some(Self { port: port.parse().ok()?, socket_folder: (*socket_folder).to_owned() })
    }

    /// Where that server listens.
    pub fn endpoint(&self, layout: &Layout) -> io::Result<Endpoint> {
        if self.socket_folder.is_empty() {
            Endpoint::loopback(layout, self.port)
        } else {
            Ok(Endpoint::Socket(self.socket_folder.clone()))
        }
    }
}

/// The port that the last server was told to listen on, from the command line that PostgreSQL notes.
fn last_port(cluster: &Path) -> Option<u16> {
    let line = fs::read_to_string(cluster.join("postmaster.opts")).ok()?;
    line.split('"').find_map(|argument| argument.strip_prefix("port=")?.parse().ok())
}

/// The file in which a running server notes how to find it.
pub fn path(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

/// Is the process noted in `postmaster.pid` still a server on this cluster? After a crash of the machine its number may
/// be another program's.
pub fn is_alive(cluster: &Path) -> bool {
    let Ok(text) = fs::read_to_string(path(cluster)) else { return false };
    let Some(pid) = text.lines().next().and_then(|line| line.trim().parse::<u32>().ok()) else { return false };
    let wanted = cluster.as_os_str().as_encoded_bytes();
    // The command line, not the working folder, because inside a container root may not look at the latter.
    if Path::new("/proc/self/cmdline").exists() {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        return line.split(|byte| *byte == 0).any(|argument| argument == wanted);
    }
    let output = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output();
    output.is_ok_and(|output| output.stdout.windows(wanted.len()).any(|part| part == wanted))
}

/// Removes what a dead server left. PostgreSQL does so itself unless the number of its process is another's by now.
pub fn clear_traces(layout: &Layout) -> io::Result<()> {
    let socket = layout.run().join(format!(".s.PGSQL.{SOCKET_PORT}"));
    let lock = layout.run().join(format!(".s.PGSQL.{SOCKET_PORT}.lock"));
    for trace in [path(&layout.cluster()), socket, lock] {
        match fs::remove_file(trace) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Starts a server on the cluster; it may take a while until it answers.
pub fn spawn(layout: &Layout, account: &Account, programs: &Programs, endpoint: &Endpoint) -> io::Result<Child> {
    use std::os::unix::process::CommandExt;

    fs::create_dir_all(layout.run())?;
    account.own(&layout.run())?;
    let log = layout.open_log()?;
    let mut command = account.command(programs.path("postgres"), layout.folder());
    command.arg("-D").arg(layout.cluster());
    let ours = ["timezone=UTC", "log_timezone=UTC", "log_min_messages=warning", "logging_collector=off", "jit=off"];
    for setting in endpoint.settings().into_iter().chain(ours.map(str::to_owned)) {
        command.arg("-c").arg(setting);
    }
    // A group of its own: Ctrl-C at our terminal must not stop it before we have answered what is in flight.
    command.process_group(0).stdout(log.try_clone()?).stderr(log);
    command.spawn()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postmaster_pid_tells_where_to_connect() {
        let socket = PidFile::parse("123\n/data\n1700000000\n5432\n/data/run\n\n  123 456\nready   \n");
        assert_eq!(socket.map(|f| (f.port, f.socket_folder)), Some((5432, "/data/run".to_owned())));
        let loopback = PidFile::parse("123\n/data\n1700000000\n40123\n\n127.0.0.1\n  123 456\nready   \n");
        assert_eq!(loopback.map(|f| (f.port, f.socket_folder)), Some((40123, String::new())));
        for unfinished in ["", "123\n", "123\n/data\n1700000000\n", "1\n/data\n1\nx\n/run\n"] {
            assert!(PidFile::parse(unfinished).is_none(), "{unfinished}");
        }
    }

    #[test]
    fn an_address_survives_odd_folders() {
        let folder = "/tmp/Đà Nẵng & 100%/run";
        let options: Result<sqlx::postgres::PgConnectOptions, _> =
            Endpoint::Socket(folder.to_owned()).url("db").parse();
        let socket = options.ok().and_then(|options| options.get_socket().cloned());
        assert_eq!(socket, Some(PathBuf::from(folder)));
    }
}
