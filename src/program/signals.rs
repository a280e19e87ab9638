//! Being told to stop: what a program listens for, so that it can end in order instead of being cut off.

use std::io;
use std::time::{Duration, Instant};

/// A second signal within this time is the same one.
const REPEATED: Duration = Duration::from_secs(1);

/// SIGINT (Ctrl-C), SIGTERM, and SIGHUP (the terminal was closed) unless nohup asked to go on.
#[cfg(unix)]
pub struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    hang_up: Option<tokio::signal::unix::Signal>,
}

impl Signals {
    /// The next one that is not a repetition: shells and supervisors may send one to us and to our whole group at once.
    pub async fn again(&mut self) {
        let begun = Instant::now();
        loop {
            self.next().await;
            if begun.elapsed() > REPEATED {
                return;
            }
        }
    }
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on. Outside of a runtime this panics.
    pub fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
            hang_up: if hang_up_is_ignored() { None } else { Some(signal(SignalKind::hangup())?) },
        })
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        let hang_up = async {
            match &mut self.hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
            _ = hang_up => {}
        }
    }
}

/// Were we started by nohup? Only Linux tells; elsewhere a hang-up ends us, in order.
#[cfg(unix)]
fn hang_up_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // SIGHUP is number 1, the lowest bit.
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// Where there are no such signals: Ctrl-C.
#[cfg(not(unix))]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens from now on. Outside of a runtime this panics.
    pub fn new() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
