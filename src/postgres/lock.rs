//! Locks between processes that share one private server. The system releases them when a process ends, however it
//! ends, so that no crash leaves one behind.
//!
//! `start.lock` is held exclusively while finding, starting or stopping; `users.lock` is shared by all who use the
//! server, so that whoever gets it exclusively knows to be the last.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

/// How long to wait between two tries.
pub const PAUSE: Duration = Duration::from_millis(20);

/// Opens a lock file, made if it is not there.
pub fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
}

/// Takes the lock for us alone if nobody holds it.
pub fn try_exclusive(file: &File) -> io::Result<bool> {
    match file.try_lock() {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Waits up to `patience` for the lock; false if it was not to be had. Blocks the thread.
pub fn exclusive(file: &File, patience: Duration) -> io::Result<bool> {
    let deadline = Instant::now() + patience;
    loop {
        if try_exclusive(file)? {
            return Ok(true);
        }
        if Instant::now() > deadline {
            return Ok(false);
        }
        std::thread::sleep(PAUSE);
    }
}
