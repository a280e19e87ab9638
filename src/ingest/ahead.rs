//! Documents made ready ahead of who writes them, on all cores: read, compared with what is stored, extracted.
//!
//! They are made ready in groups, so that one statement asks for the hashes of a whole group, and so many groups at once
//! as keep the cores busy. What is ready waits for the writer and nothing is begun behind it, so memory is bounded
//! however many documents there are.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread::available_parallelism;

use futures_util::{Stream, StreamExt, stream};
use sqlx::PgPool;
use uuid::Uuid;

use super::apart::{self, Apart};
use super::{Error, Item, Prepared, hash};
use crate::document;
use crate::domain::{Corrections, Source, document_id};
use crate::extract;
use crate::resolve::Bodies;
use crate::store;

/// The most documents of a group. One by one, handing over would cost more than reading.
const GROUP: usize = 32;

/// What documents are made ready by.
pub struct Preparation {
    /// Where what is stored is looked up; without it, everything is extracted.
    pub pool: Option<PgPool>,
    /// How to read documents in a process of their own.
    pub apart: Option<Apart>,
    /// What is told of who is who.
    pub told: Corrections,
}

/// A file that may be made ready.
pub struct Job {
    /// What to call it.
    pub path: PathBuf,
    /// Its slug, where it has one.
    pub slug: Option<String>,
    /// The file with its name, or why it cannot be taken.
    pub file: Result<(String, Item), String>,
}

/// What became of a file so far.
pub struct Ready {
    /// What to call it.
    pub path: PathBuf,
    /// Its slug, where it has one.
    pub slug: Option<String>,
    /// What in it has no effect and may be meant to have one.
    pub warnings: Vec<String>,
    /// The document, nothing if it is stored already just so, or why there is none.
    pub document: Result<Option<Box<Prepared>>, String>,
}

/// The files made ready, group by group, in their order.
pub fn ready(jobs: Vec<Job>, by: Preparation) -> impl Stream<Item = Result<Vec<Ready>, Error>> {
    let cores = available_parallelism().map_or(1, usize::from);
    let size = (jobs.len() / (4 * cores)).clamp(1, GROUP);
    let by = Arc::new(by);
    let mut jobs = jobs.into_iter();
    let groups = std::iter::from_fn(move || {
        let group: Vec<Job> = jobs.by_ref().take(size).collect();
        (!group.is_empty()).then_some(group)
    });
    let start = move |group| {
        let by = Arc::clone(&by);
        async move { tokio::spawn(ready_group(group, by)).await.unwrap_or(Err(Error::Extraction)) }
    };
    // One more than cores, so that none waits for the database with its group.
    stream::iter(groups).map(start).buffered(cores + 1)
}

/// A file as read.
struct Read {
    path: PathBuf,
    slug: Option<String>,
    warnings: Vec<String>,
    document: Result<(Source, Vec<u8>), String>,
}

async fn ready_group(group: Vec<Job>, by: Arc<Preparation>) -> Result<Vec<Ready>, Error> {
    let with = Arc::clone(&by);
    let read = beside(move || group.into_iter().map(|job| read(job, with.apart.as_ref())).collect::<Vec<_>>()).await?;
    let ids: Vec<Uuid> = read
        .iter()
        .filter_map(|read| read.document.as_ref().ok())
        .map(|(source, _)| document_id(&source.slug))
        .collect();
    let stored = match &by.pool {
        Some(pool) => store::content_hashes(pool, &ids).await?,
        None => std::collections::HashMap::new(),
    };
    beside(move || {
        let bodies = Bodies::told(&by.told.organizations);
        let extracted = |(source, content_hash): (Source, Vec<u8>)| {
            if stored.get(&document_id(&source.slug)) == Some(&content_hash) {
                return Ok(None);
            }
            // A rule that breaks down on one document takes no other with it.
            let extraction = unbroken(|| extract::extract(&source)).map_err(|error| error.told())?;
            Ok(Some(Box::new(Prepared::new(source, content_hash, extraction, &bodies))))
        };
        let ready = |Read { path, slug, warnings, document }| Ready {
            path,
            slug,
            warnings,
            document: document.and_then(extracted),
        };
        read.into_iter().map(ready).collect()
    })
    .await
}

fn read(job: Job, apart: Option<&Apart>) -> Read {
    let Job { path, slug, file } = job;
    let read = file.and_then(|(name, item)| {
        let bytes = item.bytes()?;
        let source = unbroken(|| apart::read(&name, &bytes, apart)).unwrap_or_else(|error| Err(error.told()))?;
        let content_hash = hash::of(&source);
        Ok(((source, content_hash), warnings(&bytes)))
    });
    match read {
        Ok((document, warnings)) => Read { path, slug, warnings, document: Ok(document) },
        Err(reason) => Read { path, slug, warnings: Vec::new(), document: Err(reason) },
    }
}

/// What in a file has no effect: keys of its front matter that nothing reads, and that may be mistyped.
fn warnings(bytes: &[u8]) -> Vec<String> {
    let known = document::KEYS.join(", ");
    let warn = |key: String| format!("`{key}` in its front matter has no effect: the keys are {known}");
    document::ignored_keys(bytes).into_iter().map(warn).collect()
}

fn unbroken<T>(work: impl FnOnce() -> T) -> Result<T, Error> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| Error::Extraction)
}

/// Work beside the runtime's threads, so that large documents do not keep them from noticing that they are told to stop.
async fn beside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Extraction)
}

#[cfg(test)]
mod tests {
    use super::{Error, unbroken};

    #[test]
    fn a_rule_that_breaks_down_is_an_error_of_its_document() {
        assert!(matches!(unbroken(|| panic!("a test's own")), Err::<(), _>(Error::Extraction)));
    }
}
