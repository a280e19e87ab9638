//! Many documents: a bad one is named with its reason, the others are loaded all the same.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use futures_util::StreamExt;
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::ahead::{self, Job, Preparation};
use super::apart::Apart;
use super::report::{DocumentReport, Event, Status, Summary, refused, report};
use super::writer::{Batch, Writer};
use super::{Error, Found, Item, Problem, find, remove};
use crate::document;
use crate::domain::Corrections;
use crate::store;

/// What to do with the documents.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How to read documents in a process of their own, where their format asks for it; otherwise all are read here.
    pub apart: Option<Apart>,
    /// Keep each document's text and facts in the report on it.
    pub keep_extractions: bool,
    /// Afterwards, remove the documents that are none of these; nothing is removed if some path could not be read.
    pub prune: bool,
    /// Store and remove nothing, only say what would be.
    pub dry_run: bool,
}

/// Loads the documents at `paths` (files; folders with all below them). Fails only if the database does.
pub async fn load_paths(
    pool: &PgPool,
    paths: &[PathBuf],
    options: Options,
    progress: &mut dyn FnMut(Event),
) -> Result<Summary, Error> {
    load_items(Some(pool), find(paths), options, progress).await
}

/// Loads what was found; without a pool, only says what it would load.
pub async fn load_items(
    pool: Option<&PgPool>,
    found: Found,
    options: Options,
    progress: &mut dyn FnMut(Event),
) -> Result<Summary, Error> {
    let mut loader = Loader { options, progress, summary: Summary::default(), taken: HashMap::new() };
    let started = Instant::now();
    let complete = found.problems.is_empty();
    (loader.progress)(Event::Started(found.items.len() + found.problems.len()));
    for Problem { path, reason } in found.problems {
        loader.tell(refused(None, path, reason));
    }
    loader.files(pool, found.items).await?;
    if let Some(pool) = pool.filter(|_| loader.options.prune && complete) {
        loader.prune(pool).await?;
    }
    let written = [Status::Loaded, Status::Replaced].into_iter().any(|status| loader.summary.count(status) > 0);
    if let Some(pool) = pool.filter(|_| written && !loader.options.dry_run) {
        super::place_pending(pool).await;
    }
    loader.summary.time = started.elapsed();
    Ok(loader.summary)
}

struct Loader<'a> {
    options: Options,
    progress: &'a mut dyn FnMut(Event),
    summary: Summary,
    // Which file has taken a slug; refused files take theirs too.
    taken: HashMap<String, PathBuf>,
}

impl Loader<'_> {
    fn tell(&mut self, report: DocumentReport) {
        *self.summary.documents.entry(report.status).or_default() += 1;
        self.summary.nothing_found += usize::from(report.nothing_found);
        for (kind, count) in &report.facts {
            *self.summary.facts.entry(*kind).or_default() += count;
        }
        (self.progress)(Event::Done(Box::new(report)));
    }

    /// Makes the files ready ahead and writes them batch by batch; while one is written, the next is gathered.
    async fn files(&mut self, pool: Option<&PgPool>, items: Vec<Item>) -> Result<(), Error> {
        let jobs = items.into_iter().map(|item| self.job(item)).collect();
        let pool = pool.filter(|_| !self.options.dry_run).cloned();
        let told = match &pool {
            Some(pool) => store::corrections_now(pool).await?,
            None => Corrections::default(),
        };
        let writer = Writer { pool: pool.clone(), told: Arc::new(told.clone()), keep: self.options.keep_extractions };
        let by = Preparation { pool, apart: self.options.apart.clone(), told };
        let mut ready = pin!(ahead::ready(jobs, by));
        let mut batch = Batch::default();
        let mut writing: Option<JoinHandle<Result<Vec<DocumentReport>, Error>>> = None;
        loop {
            let group = ready.next().await.transpose()?;
            let ended = group.is_none();
            batch.add(group.unwrap_or_default());
            if !(ended || batch.is_full()) {
                continue;
            }
            if let Some(before) = writing.take() {
                self.tell_all(before).await?;
            }
            // A task of its own: whoever is told to stop in the middle of its transaction lets it end, rather than cutting
            // off a statement that may be the COMMIT.
            writing = Some(tokio::spawn(writer.clone().write(std::mem::take(&mut batch))));
            if ended {
                break;
            }
        }
        match writing {
            Some(last) => self.tell_all(last).await,
            None => Ok(()),
        }
    }

    async fn tell_all(&mut self, written: JoinHandle<Result<Vec<DocumentReport>, Error>>) -> Result<(), Error> {
        for report in written.await.unwrap_or(Err(Error::Extraction))? {
            self.tell(report);
        }
        Ok(())
    }

    fn job(&mut self, item: Item) -> Job {
        let path = item.path.clone();
        let Some(name) = item.file_name().map(str::to_owned) else {
            return Job { path, slug: None, file: Err("its name is not UTF-8".to_owned()) };
        };
        let slug = document::slug(&name).ok();
        if let Some(slug) = &slug {
            if let Some(first) = self.taken.get(slug) {
                let reason = format!("{} has the slug {slug} already: rename one of the two", first.display());
                return Job { path, slug: Some(slug.clone()), file: Err(reason) };
            }
            self.taken.insert(slug.clone(), path.clone());
        }
        Job { path, slug, file: Ok((name, item)) }
    }

    /// Removes what is stored and none of the files. A file that was refused keeps what was stored of it before.
    async fn prune(&mut self, pool: &PgPool) -> Result<(), Error> {
        let kept: BTreeSet<String> = self.taken.keys().cloned().collect();
        for slug in store::slugs(pool).await?.into_iter().filter(|slug| !kept.contains(slug)) {
            if self.options.dry_run {
                self.tell(report(Status::WouldRemove, Some(slug), None));
            } else if remove(pool, &slug).await? {
                self.tell(report(Status::Removed, Some(slug), None));
            }
        }
        Ok(())
    }
}
