//! Many documents, one after the other: a bad one is named with its reason, the others are loaded all the same.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde::Serialize;
use sqlx::PgPool;

use super::apart::{self, Apart};
use super::{Error, Found, Item, Outcome, Problem, beside, extraction_of, find, load, remove};
use crate::document;
use crate::domain::{Extraction, FactKind, Source};
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

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Stored; it was not there before.
    Loaded,
    /// Stored in place of other content.
    Replaced,
    /// It was there already, just so.
    Unchanged,
    /// Not stored, for the reason given.
    Refused,
    /// No longer among the files, and so removed.
    Removed,
    /// Readable, and not stored because nothing was to be.
    WouldLoad,
    /// Not among the files, and not removed because nothing was to be.
    WouldRemove,
}

/// What became of one document.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentReport {
    /// Its slug, where it has one.
    pub slug: Option<String>,
    /// Where it was read from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathBuf>,
    /// What became of it.
    pub status: Status,
    /// Why, where it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What in it has no effect and may be meant to have one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Whether it was read and states nothing that is looked for; never of one that was not read anew.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nothing_found: bool,
    /// Its text, if asked for; what all offsets count in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Everything it states, if asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extraction: Option<Box<Extraction>>,
    /// How many facts it states, by kind; empty where nothing was extracted.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<FactKind, usize>,
}

/// What became of all of them.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// How many documents came to what.
    pub documents: BTreeMap<Status, usize>,
    /// How many of them were read and state nothing that is looked for.
    pub nothing_found: usize,
    /// How many facts were extracted, by kind.
    pub facts: BTreeMap<FactKind, usize>,
    /// How long it took, in seconds.
    #[serde(rename = "seconds", serialize_with = "seconds")]
    pub time: Duration,
}

impl Summary {
    /// How many documents came to `status`.
    pub fn count(&self, status: Status) -> usize {
        self.documents.get(&status).copied().unwrap_or_default()
    }
}

fn seconds<S: serde::Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((time.as_secs_f64() * 1000.0).round() / 1000.0)
}

/// What happens, as it happens.
#[derive(Clone, Debug)]
pub enum Event {
    /// So many files are to be told about.
    Started(usize),
    /// One is done.
    Done(Box<DocumentReport>),
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
    let mut batch = Batch { options, progress, summary: Summary::default(), taken: HashMap::new() };
    let started = Instant::now();
    let complete = found.problems.is_empty();
    (batch.progress)(Event::Started(found.items.len() + found.problems.len()));
    for Problem { path, reason } in found.problems {
        batch.tell(refused(None, &path, reason));
    }
    for item in found.items {
        let report = batch.document(pool, item).await?;
        batch.tell(report);
    }
    if let Some(pool) = pool.filter(|_| batch.options.prune && complete) {
        batch.prune(pool).await?;
    }
    batch.summary.time = started.elapsed();
    Ok(batch.summary)
}

impl Status {
    /// The word for it, as in the summary.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loaded => "loaded",
            Self::Replaced => "replaced",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Removed => "removed",
            Self::WouldLoad => "would load",
            Self::WouldRemove => "would remove",
        }
    }
}

struct Batch<'a> {
    options: Options,
    progress: &'a mut dyn FnMut(Event),
    summary: Summary,
    // Which file has taken a slug; refused files take theirs too.
    taken: HashMap<String, PathBuf>,
}

impl Batch<'_> {
    fn tell(&mut self, report: DocumentReport) {
        *self.summary.documents.entry(report.status).or_default() += 1;
        self.summary.nothing_found += usize::from(report.nothing_found);
        for (kind, count) in &report.facts {
            *self.summary.facts.entry(*kind).or_default() += count;
        }
        (self.progress)(Event::Done(Box::new(report)));
    }

    async fn document(&mut self, pool: Option<&PgPool>, item: Item) -> Result<DocumentReport, Error> {
        let path = item.path.clone();
        let Some(name) = item.file_name().map(str::to_owned) else {
            return Ok(refused(None, &path, "its name is not UTF-8".to_owned()));
        };
        let slug = document::slug(&name).ok();
        if let Some(slug) = &slug {
            if let Some(first) = self.taken.get(slug) {
                let reason = format!("{} has the slug {slug} already: rename one of the two", first.display());
                return Ok(refused(Some(slug), &path, reason));
            }
            self.taken.insert(slug.clone(), path.clone());
        }
        let apart = self.options.apart.clone();
        let read = move || {
            let bytes = item.bytes()?;
            let source = apart::read(&name, &bytes, apart.as_ref())?;
            Ok((source, warnings(&bytes)))
        };
        match beside(read).await.unwrap_or_else(|error| Err(error.told())) {
            Ok((source, warnings)) => Ok(DocumentReport { warnings, ..self.source(pool, source, &path).await? }),
            Err(reason) => Ok(refused(slug.as_deref(), &path, reason)),
        }
    }

    async fn source(&self, pool: Option<&PgPool>, source: Source, path: &Path) -> Result<DocumentReport, Error> {
        let outcome = match pool.filter(|_| !self.options.dry_run) {
            None => extraction_of(&source).await.map(|extraction| (Status::WouldLoad, Some(Box::new(extraction)))),
            Some(pool) => whole(pool, &source).await.map(|outcome| match outcome {
                Outcome::Loaded(extraction) => (Status::Loaded, Some(extraction)),
                Outcome::Replaced(extraction) => (Status::Replaced, Some(extraction)),
                Outcome::Unchanged => (Status::Unchanged, None),
            }),
        };
        let (status, extraction) = match outcome {
            Ok(done) => done,
            // What goes wrong with one document says nothing about the next.
            Err(error) if error.is_about_document() => return Ok(refused(Some(&source.slug), path, error.told())),
            Err(error) => return Err(error),
        };
        let facts = extraction.as_deref().map(count).unwrap_or_default();
        let keep = self.options.keep_extractions;
        Ok(DocumentReport {
            nothing_found: extraction.is_some() && facts.values().all(|count| *count == 0),
            text: keep.then_some(source.text),
            extraction: extraction.filter(|_| keep),
            facts,
            ..report(status, Some(&source.slug), Some(path))
        })
    }

    /// Removes what is stored and none of the files. A file that was refused keeps what was stored of it before.
    async fn prune(&mut self, pool: &PgPool) -> Result<(), Error> {
        let kept: BTreeSet<String> = self.taken.keys().cloned().collect();
        for slug in store::slugs(pool).await?.into_iter().filter(|slug| !kept.contains(slug)) {
            if self.options.dry_run {
                self.tell(report(Status::WouldRemove, Some(&slug), None));
            } else if remove(pool, &slug).await? {
                self.tell(report(Status::Removed, Some(&slug), None));
            }
        }
        Ok(())
    }
}

/// Loads one document in a task of its own: whoever is told to stop in the middle of its transaction lets it end,
/// rather than cutting off a statement that may be the COMMIT.
async fn whole(pool: &PgPool, source: &Source) -> Result<Outcome, Error> {
    let (pool, source) = (pool.clone(), source.clone());
    let task = tokio::spawn(async move { load(&pool, &source).await });
    task.await.unwrap_or(Err(Error::Extraction))
}

fn refused(slug: Option<&str>, path: &Path, reason: String) -> DocumentReport {
    DocumentReport { reason: Some(reason), ..report(Status::Refused, slug, Some(path)) }
}

/// A report that says no more than this.
fn report(status: Status, slug: Option<&str>, path: Option<&Path>) -> DocumentReport {
    DocumentReport {
        slug: slug.map(str::to_owned),
        path: path.map(Path::to_owned),
        status,
        reason: None,
        warnings: Vec::new(),
        nothing_found: false,
        text: None,
        extraction: None,
        facts: BTreeMap::new(),
    }
}

/// What in a file has no effect: keys of its front matter that nothing reads, and that may be mistyped.
fn warnings(bytes: &[u8]) -> Vec<String> {
    let known = document::KEYS.join(", ");
    let warn = |key: String| format!("`{key}` in its front matter has no effect: the keys are {known}");
    document::ignored_keys(bytes).into_iter().map(warn).collect()
}

fn count(extraction: &Extraction) -> BTreeMap<FactKind, usize> {
    let participants = extraction.meetings.iter().map(|meeting| meeting.participants.len()).sum();
    BTreeMap::from([
        (FactKind::MeetingReport, extraction.meetings.len()),
        (FactKind::ParticipantReport, participants),
        (FactKind::Task, extraction.tasks.len()),
        (FactKind::AwardReport, extraction.awards.len()),
        (FactKind::Directive, extraction.directives.len()),
        (FactKind::Figure, extraction.figures.len()),
    ])
}
