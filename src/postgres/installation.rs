//! PostgreSQL's programs on this machine with the user who may run them, for whoever wants another server than the
//! private one: the tests have theirs.

use std::io;
use std::path::Path;
use std::process::Command;

use super::account::Account;
use super::layout::Layout;
use super::programs::{self, Programs};
use super::{Error, server};

/// Programs found or downloaded, and who runs them.
#[derive(Clone, Debug)]
pub struct Installation {
    account: Account,
    programs: Programs,
}

impl Installation {
    /// Looks where the private server does: among the machine's programs, then those downloaded into `data_dir`, else
    /// downloads them to there. Nothing is made in `data_dir` unless something is downloaded.
    pub async fn find(data_dir: &Path) -> Result<Self, Error> {
        let account = Account::for_new_cluster()?;
        let found = programs::search(&programs::folders(&data_dir.join(Layout::PROGRAMS)), &account);
        if let Some(programs) = found.suitable(None).cloned() {
            return Ok(Self { account, programs });
        }
        let layout = Layout::prepare(data_dir)?;
        layout.check_reachable(&account)?;
        let programs = server::find_programs(&layout, &account).await?;
        Ok(Self { account, programs })
    }

    /// A program of it, to be run in `folder` by the user who may, with nothing of our settings for PostgreSQL.
    pub fn command(&self, program: &str, folder: &Path) -> Command {
        self.account.command(self.programs.path(program), folder)
    }

    /// Hands a file or folder over to that user, closed to everybody else.
    pub fn own(&self, path: &Path) -> io::Result<()> {
        self.account.own(path)
    }
}
