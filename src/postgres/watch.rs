//! Starts the private server again when it dies while it is used: killed for want of memory, or by mistake.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::server::PrivateServer;

/// How often to look; on Linux, that costs reading two small files.
const LOOK: Duration = Duration::from_secs(1);
/// The longest pause between two attempts. They go on, because a full disk may have room again.
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// A private server that is looked after.
pub struct Watched {
    stop: oneshot::Sender<()>,
    task: JoinHandle<PrivateServer>,
}

impl Watched {
    /// Looks after it from now on.
    pub fn new(server: PrivateServer) -> Self {
        let (stop, stopped) = oneshot::channel();
        Self { stop, task: tokio::spawn(look_after(server, stopped)) }
    }

    /// No longer looks after it; stops it if nobody else uses it.
    pub async fn close(self) {
        drop(self.stop);
        match self.task.await {
            Ok(server) => server.close().await,
            Err(error) => tracing::warn!("looking after the private PostgreSQL: {error}"),
        }
    }
}

async fn look_after(mut server: PrivateServer, mut stopped: oneshot::Receiver<()>) -> PrivateServer {
    let mut pause = LOOK;
    loop {
        let look = async {
            tokio::time::sleep(pause).await;
            server.revive().await
        };
        let found = tokio::select! {
            found = look => found,
            _ = &mut stopped => return server,
        };
        pause = match found {
            Ok(false) => LOOK,
            Ok(true) => {
                tracing::warn!("the private PostgreSQL had ended and has been started again");
                LOOK
            }
            Err(error) => {
                let pause = (pause * 2).min(LONGEST_PAUSE);
                tracing::warn!("the private PostgreSQL has ended; trying again in {pause:?}. {error}");
                pause
            }
        };
    }
}
