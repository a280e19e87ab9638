//! Reads a document in a process of its own, where a format's reader may hang, break down or use up the memory.
//!
//! The process is this program again, started with [`ARGUMENT`]: the file's name as the next argument, its bytes on
//! standard input, the document on standard output. It bounds itself before it reads anything, and is killed when it takes too
//! long; whatever becomes of it, the documents before and after are read all the same.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::document::{self, Format};
use crate::domain::Source;

/// What makes a program read one document and nothing else.
const ARGUMENT: &str = "--read-one-document";
/// The most that is taken from a reader: a text of the longest, each character of it escaped.
const MAX_ANSWER: u64 = 32 * 1024 * 1024;
/// The most memory of a reader, in bytes. A file is unpacked and laid out there; nearly all is room for its stack.
const MEMORY: u64 = 1024 * 1024 * 1024;

/// How to read a document apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Whose `main` begins with [`serve`].
    pub program: PathBuf,
    /// How long it may compute, in whole seconds.
    pub computing: Duration,
    /// How long it may take at all; more, because the machine may have other things to do.
    pub at_all: Duration,
}

impl Apart {
    /// By the program that runs, whose `main` has to begin with [`serve`].
    pub fn by_this_program() -> std::io::Result<Self> {
        let program = std::env::current_exe()?;
        Ok(Self { program, computing: Duration::from_secs(10), at_all: Duration::from_mins(1) })
    }
}

/// What a reader answers.
#[derive(Serialize, Deserialize)]
enum Answer {
    Read(Source),
    Refused(String),
}

/// The document in `bytes` as [`document::read`] reads it; by a process of its own if `apart` says how and the format
/// asks for it. The error says why there is none.
pub fn read(file_name: &str, bytes: &[u8], apart: Option<&Apart>) -> Result<Source, String> {
    let format = Format::of(file_name).map_err(|error| error.to_string())?;
    match apart.filter(|_| format.is_read_apart()) {
        None => document::read(file_name, bytes).map_err(|error| error.to_string()),
        Some(apart) => {
            // What is known without reading needs no process.
            format.check_size(bytes).map_err(|error| error.to_string())?;
            document::slug(file_name).map_err(|error| error.to_string())?;
            ask(apart, file_name, bytes)
        }
    }
}

/// A process that ends with its handle.
struct Reader(Child);

impl Drop for Reader {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn ask(apart: &Apart, file_name: &str, bytes: &[u8]) -> Result<Source, String> {
    let mut command = Command::new(&apart.program);
    command.arg(ARGUMENT).arg(file_name).arg(apart.computing.as_secs().to_string());
    // It has nothing to say but its answer.
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let failed = |error: std::io::Error| format!("its reader cannot be started: {error}");
    let mut reader = Reader(command.spawn().map_err(failed)?);
    let (input, output) = (reader.0.stdin.take(), reader.0.stdout.take());
    let (answer, answered) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            // A reader that ends early does not read to the end.
            let _ = input.map(|mut input| input.write_all(bytes));
        });
        scope.spawn(move || {
            let mut told = Vec::new();
            let _ = output.map(|output| output.take(MAX_ANSWER).read_to_end(&mut told));
            let _ = answer.send(told);
        });
        let told = answered.recv_timeout(apart.at_all);
        // Ends the other two, whatever they wait for.
        drop(reader);
        match told {
            Ok(told) => match serde_json::from_slice(&told) {
                Ok(Answer::Read(source)) => Ok(source),
                Ok(Answer::Refused(reason)) => Err(reason),
                Err(_) => Err(GAVE_UP.to_owned()),
            },
            Err(_) => Err(format!("{GAVE_UP}, for it takes more than {} seconds", apart.at_all.as_secs())),
        }
    })
}

/// Why a document is refused whose reader says nothing more.
const GAVE_UP: &str = "its reader gave up: the file is damaged, or built to take more time or memory than a document should; \
    save its text (for instance with `pdftotext FILE.pdf FILE.txt`) and name that file";

/// To be called first in `main`: if this process was started to read a document, it does so, and is to end with this.
pub fn serve() -> Option<ExitCode> {
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().as_deref() != Some(OsStr::new(ARGUMENT)) {
        return None;
    }
    let file_name = arguments.next().and_then(|name| name.into_string().ok()).unwrap_or_default();
    let seconds = arguments.next().and_then(|seconds| seconds.to_str()?.parse().ok()).unwrap_or(1);
    limit(seconds);
    // What it breaks down on is told by its silence.
    std::panic::set_hook(Box::new(|_| {}));
    Some(match answer(&file_name) {
        Some(()) => ExitCode::SUCCESS,
        None => ExitCode::FAILURE,
    })
}

fn answer(file_name: &str) -> Option<()> {
    let limit = u64::try_from(Format::of(file_name).ok()?.max_bytes()).ok()?.saturating_add(1);
    let mut bytes = Vec::new();
    std::io::stdin().take(limit).read_to_end(&mut bytes).ok()?;
    let answer = match document::read(file_name, &bytes) {
        Ok(source) => Answer::Read(source),
        Err(error) => Answer::Refused(error.to_string()),
    };
    let answer = serde_json::to_vec(&answer).ok()?;
    std::io::stdout().write_all(&answer).ok()
}

/// Bounds this process; a system that does not know a bound goes without, and the parent's clock remains.
#[cfg(unix)]
fn limit(seconds: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    // No core file: it would hold a gigabyte of what went wrong.
    for (resource, most) in [(Resource::Cpu, seconds), (Resource::As, MEMORY), (Resource::Core, 0)] {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
    }
}

#[cfg(not(unix))]
fn limit(_: u64) {
    let _ = MEMORY;
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn asked(program: &str, at_all: u64) -> Result<Source, String> {
        let program = program.into();
        let apart = Apart { program, computing: Duration::from_secs(1), at_all: Duration::from_millis(at_all) };
        // More than a pipe holds.
        read("a.pdf", &vec![b'a'; 1024 * 1024], Some(&apart))
    }

    #[test]
    fn whatever_a_reader_does_there_is_an_answer() {
        // One that cannot be, that ends at once, that says something else, and that never ends.
        for (program, at_all, says) in [
            ("/nowhere/at/all", 10_000, "cannot be started"),
            ("false", 10_000, "gave up"),
            ("echo", 10_000, "gave up"),
            ("yes", 10_000, "gave up"),
            ("tail", 200, "gave up"),
        ] {
            let told = asked(program, at_all).err().unwrap_or_default();
            assert!(told.contains(says), "{program}: {told}");
        }
    }
}
