//! What became of documents: one by one, and all together.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use crate::domain::{Extraction, FactKind};

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

/// A report on a file that was refused.
pub fn refused(slug: Option<String>, path: PathBuf, reason: String) -> DocumentReport {
    DocumentReport { reason: Some(reason), ..report(Status::Refused, slug, Some(path)) }
}

/// A report that says no more than this.
pub fn report(status: Status, slug: Option<String>, path: Option<PathBuf>) -> DocumentReport {
    DocumentReport {
        slug,
        path,
        status,
        reason: None,
        warnings: Vec::new(),
        nothing_found: false,
        text: None,
        extraction: None,
        facts: BTreeMap::new(),
    }
}

/// How many facts it states, by kind.
pub fn count(extraction: &Extraction) -> BTreeMap<FactKind, usize> {
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
