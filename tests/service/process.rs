//! Programs of ours as processes, each with a home of its own; what a test started is ended with it, passed or failed.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};
use tempfile::TempDir;

/// Longer than anything takes on a busy machine; reached only by a test that fails.
const PATIENCE: Duration = Duration::from_mins(2);

/// A data folder of a test's own, whose server is killed and which is removed at the end.
pub struct Home {
    temp: TempDir,
    below: String,
}

impl Home {
    pub fn new() -> Self {
        Self { temp: tempfile::Builder::new().prefix("hoinghi-life-").tempdir().unwrap(), below: String::new() }
    }

    /// Uses a folder below instead.
    pub fn within(&mut self, below: String) {
        use std::os::unix::fs::PermissionsExt;
        self.below = below;
        fs::create_dir_all(self.folder()).unwrap();
        fs::set_permissions(self.temp.path(), fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub fn folder(&self) -> PathBuf {
        self.temp.path().join(&self.below)
    }

    pub fn postmaster_pid(&self) -> PathBuf {
        self.folder().join("postgres/postmaster.pid")
    }

    /// The number of the process of the private PostgreSQL, as noted by it.
    pub fn postmaster(&self) -> Option<i32> {
        fs::read_to_string(self.postmaster_pid()).ok()?.lines().next()?.trim().parse().ok()
    }

    /// The address of the private database, over its socket.
    pub fn url(&self) -> String {
        format!("postgres://hoinghi@localhost/hoinghi?host={}", self.folder().join("run").display())
    }

    /// A harmless process of the user who runs PostgreSQL.
    pub fn innocent(&self) -> Innocent {
        let cluster = fs::metadata(self.folder().join("postgres")).unwrap();
        let mut command = Command::new("sleep");
        command.arg("600").current_dir("/");
        if rustix::process::geteuid().is_root() {
            command.uid(cluster.uid()).gid(cluster.gid());
        }
        Innocent(command.spawn().unwrap())
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let cluster = self.folder().join("postgres");
        let is_ours = |pid: &i32| command_line(*pid).contains(cluster.to_str().unwrap());
        if let Some(postmaster) = self.postmaster().filter(is_ours) {
            kill(postmaster, Signal::QUIT);
            let deadline = Instant::now() + Duration::from_secs(10);
            while is_alive(postmaster) && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
    }
}

pub struct Innocent(pub Child);

impl Drop for Innocent {
    fn drop(&mut self) {
        drop(self.0.kill().and_then(|()| self.0.wait()));
    }
}

/// A program, started and perhaps not yet ready.
pub struct Starting {
    child: Guard,
    lines: mpsc::Receiver<String>,
    complaints: mpsc::Receiver<String>,
}

/// The server, ready.
pub struct Server {
    starting: Starting,
    pub address: SocketAddr,
    first_line: String,
}

struct Guard(Child);

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.0.kill().and_then(|()| self.0.wait()));
    }
}

impl Server {
    /// Starts it on the data folder of `home` and waits until it says where it answers.
    pub fn start(home: &Home) -> Self {
        Self::spawn(home).ready()
    }

    pub fn spawn(home: &Home) -> Starting {
        Self::spawn_with(home, &[])
    }

    /// Arguments given here win over those that every test uses.
    pub fn spawn_with(home: &Home, arguments: &[&str]) -> Starting {
        let usual = [("--listen", "127.0.0.1:0".to_owned()), ("--data-dir", path(&home.folder()))];
        let usual = usual.iter().filter(|(name, _)| !arguments.contains(name));
        let usual = usual.flat_map(|(name, value)| [*name, value.as_str()]);
        let all: Vec<&str> = usual.chain(arguments.iter().copied()).collect();
        Starting::program(env!("CARGO_BIN_EXE_hoinghi"), home, &all)
    }

    /// Sends the signal and waits for the end: status, everything on standard output, everything on standard error.
    pub fn stop(self, signal: Signal) -> (ExitStatus, String, String) {
        self.signal(signal);
        self.wait()
    }

    pub fn signal(&self, signal: Signal) {
        kill(self.starting.child.0.id().try_into().unwrap(), signal);
    }

    /// Waits for the end, as `stop` does.
    pub fn wait(self) -> (ExitStatus, String, String) {
        let (status, rest, complaints) = self.starting.wait();
        (status, format!("{}\n{rest}", self.first_line), complaints)
    }
}

impl Starting {
    /// The seeder, on the data folder of `home`.
    pub fn seeder(home: &Home, arguments: &[&str]) -> Self {
        let folder = path(&home.folder());
        let all: Vec<&str> = ["--data-dir", &folder].into_iter().chain(arguments.iter().copied()).collect();
        Self::program(env!("CARGO_BIN_EXE_seed"), home, &all)
    }

    /// `hoinghi` for something else than serving, on the data folder of `home`.
    pub fn command(home: &Home, arguments: &[&str]) -> Self {
        let folder = path(&home.folder());
        let all: Vec<&str> = arguments.iter().copied().chain(["--data-dir", &folder]).collect();
        Self::program(env!("CARGO_BIN_EXE_hoinghi"), home, &all)
    }

    fn program(program: &str, home: &Home, arguments: &[&str]) -> Self {
        let mut command = Command::new(program);
        // Whatever is set for somebody's own server is none of a test's.
        let settings =
            std::env::vars_os().map(|(name, _)| name).filter(|name| name.to_string_lossy().starts_with("HOINGHI_"));
        for name in settings.chain(["DATABASE_URL".into(), "DATABASE_READ_URL".into(), "LISTEN_ADDR".into()]) {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(home.folder());
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (said, lines) = mpsc::channel();
        let stdout = BufReader::new(child.stdout.take().unwrap());
        std::thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| said.send(line)));
        let (complained, complaints) = mpsc::channel();
        let mut stderr = child.stderr.take().unwrap();
        std::thread::spawn(move || {
            let mut text = String::new();
            drop(stderr.read_to_string(&mut text));
            complained.send(text)
        });
        Self { child: Guard(child), lines, complaints }
    }

    pub fn ready(self) -> Server {
        let Ok(first_line) = self.lines.recv_timeout(PATIENCE) else {
            panic!("not ready: {:?}", self.stop(Signal::TERM));
        };
        let address = first_line.strip_prefix("Open http://").and_then(|rest| rest.strip_suffix('/'));
        let address = address.and_then(|address| address.parse().ok()).unwrap_or_else(|| panic!("{first_line}"));
        Server { starting: self, address, first_line }
    }

    pub fn stop(self, signal: Signal) -> (ExitStatus, String, String) {
        kill(self.child.0.id().try_into().unwrap(), signal);
        self.wait()
    }

    /// Waits for it to end by itself.
    pub fn wait(mut self) -> (ExitStatus, String, String) {
        let mut status = None;
        wait_until("the server ends", || {
            status = self.child.0.try_wait().unwrap();
            status.is_some()
        });
        let printed = self.lines.iter().map(|line| line + "\n").collect();
        (status.unwrap(), printed, self.complaints.recv_timeout(PATIENCE).unwrap())
    }
}

/// Polls until `done`, and panics if that takes longer than anything should.
pub fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !done() {
        assert!(Instant::now() < deadline, "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub fn kill(pid: i32, signal: Signal) {
    let _ = rustix::process::kill_process(Pid::from_raw(pid).unwrap(), signal);
}

/// Is there such a process, and not only a dead one that nobody has asked about?
pub fn is_alive(pid: i32) -> bool {
    !command_line(pid).is_empty()
}

/// The user who runs a process; `None` where the system does not tell.
pub fn owner(pid: i32) -> Option<u32> {
    let output = Command::new("ps").args(["-o", "uid=", "-p", &pid.to_string()]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

fn command_line(pid: i32) -> String {
    if Path::new("/proc/self/cmdline").exists() {
        return String::from_utf8_lossy(&fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default()).into_owned();
    }
    let output = Command::new("ps").args(["-ww", "-o", "command=", "-p", &pid.to_string()]).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Asks over a connection that stays open; returns the status line and headers.
pub fn ask(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    head
}

/// Sends a GraphQL query, and does not wait for the answer.
pub fn send_query(stream: &mut TcpStream, query: &str) {
    let body = serde_json::json!({ "query": query }).to_string();
    let head = "POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).unwrap();
}

/// Everything until the other side closes.
pub fn read_all(stream: &mut TcpStream) -> String {
    let mut all = String::new();
    stream.read_to_string(&mut all).unwrap();
    all
}

/// Asks over a connection of its own.
pub fn get(address: SocketAddr, path: &str) -> String {
    ask(&mut connect(address), path)
}

fn path(path: &Path) -> String {
    path.to_str().unwrap().to_owned()
}
