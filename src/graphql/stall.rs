//! Batches that start exactly when a request can get no further without them.
//!
//! A DataLoader usually waits a moment for more keys to come. Here nothing waits: a request's execution is driven
//! until every part of it waits for something, and only then do the batches that were asked for meanwhile start, all
//! together; the next ones start when these have answered. So a query takes the same statements whatever the number of
//! rows and threads, and none loses a millisecond to a timer.

use std::{
    future::{Future, poll_fn},
    mem,
    pin::{Pin, pin},
    sync::{Arc, Mutex, PoisonError},
    task::Poll,
    time::Duration,
};

use async_graphql::runtime::Timer;
use futures_util::{
    FutureExt, Stream,
    future::BoxFuture,
    stream::FuturesUnordered,
    task::{FutureObj, Spawn, SpawnError},
};
use sqlx::Error;
use tokio::sync::oneshot;

/// Batches asked for and not yet started.
#[derive(Clone, Default)]
pub struct Batches(Arc<Mutex<Vec<FutureObj<'static, ()>>>>);

impl Spawn for Batches {
    fn spawn_obj(&self, batch: FutureObj<'static, ()>) -> Result<(), SpawnError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(batch);
        Ok(())
    }
}

/// Does not wait: a batch starts late enough as it is.
pub struct NoDelay;

impl Timer for NoDelay {
    fn delay(&self, _: Duration) -> Pin<Box<dyn Future<Output = ()> + Send>> {
        Box::pin(std::future::ready(()))
    }
}

impl Batches {
    /// Runs this as a batch of its own. What the execution waits for must not be part of the execution itself, which is
    /// not asked while batches run: it may hold what they wait for.
    pub fn run<T: Send + 'static>(
        &self,
        batch: BoxFuture<'static, Result<T, Error>>,
    ) -> impl Future<Output = Result<T, Error>> + use<T> {
        let (sender, receiver) = oneshot::channel();
        // Nobody waits for it any more if the execution was given up.
        let batch = batch.map(|done| drop(sender.send(done)));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(FutureObj::new(Box::new(batch)));
        receiver.map(|done| done.unwrap_or(Err(Error::WorkerCrashed)))
    }

    /// Drives `execution` to its end, starting batches whenever it stalls. Dropping this drops the batches too.
    pub async fn drive<T>(self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        let mut running = FuturesUnordered::new();
        poll_fn(move |context| {
            loop {
                // Not while statements run: what one of them lets the execution ask for again may be in another.
                if running.is_empty() {
                    if let Poll::Ready(done) = execution.as_mut().poll(context) {
                        return Poll::Ready(done);
                    }
                    running.extend(mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)));
                    if running.is_empty() {
                        return Poll::Pending;
                    }
                }
                if Pin::new(&mut running).poll_next(context).is_pending() {
                    return Poll::Pending;
                }
            }
        })
        .await
    }
}
